"""The rules of public procurement: what is said, and done, of each defect that real files hold."""

from parvis.accountability.registers.procurement.rules import amounts, codes, dates, identifiers, whole_records

RULES = (*whole_records.RULES, *identifiers.RULES, *dates.RULES, *amounts.RULES, *codes.RULES)
