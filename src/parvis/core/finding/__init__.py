"""Find leads in registers: a rule's hit is a lead with its evidence, never a verdict."""

from parvis.core.finding.flag import Flag, Group, Subject
from parvis.core.finding.surveying import Survey, survey

__all__ = ["NOTICE", "Flag", "Group", "Subject", "Survey", "survey"]

NOTICE = (
    "Un signal est une piste à examiner, jamais une preuve ni un verdict. Chaque piste dit sa formule, sa population, "
    "ses raisons et ses lignes ; l'acheteur et le titulaire peuvent y répondre, et leur réponse est publiée avec elle."
)
