"""Populations in files: CSV or Parquet, read part by part into tables, or refused with the line to mend.

One row a person: « individu » (its identifier; may be left out), then for each kind of group a column of its name with
the identifier of the person's group (« menage », « famille », « foyer_fiscal ») and one of her role in it
(« menage.role »: personne_de_reference, enfant…). The rows of a group follow one another. A field is a column
« salaire_de_base », for the period asked, or « loyer:2024-01 »; a group's field is written on the row of each person.

One row a household, where it is one family and one tax household: « menage » (may be left out), the fields of groups,
and those of persons behind their number, « 1.date_naissance », « 1.salaire_de_base:2024 »: 1 is the first adult, 2 her
partner, 3 and after the children. Someone whose cells are all blank is not there; else none may be blank.

A model without groups has one row a row, and fields as columns.
"""
