"""An answer to a survey: its questions are the debate's own, in its metadata, of any type of field."""

from parvis.core.processes.kinds import Kind, Target

KIND = Kind(
    slug="survey-answer",
    title="Réponse au questionnaire",
    plural="Réponses au questionnaire",
    act="Répondre au questionnaire",
    fields=(),
    targets=frozenset({Target.PROCESS}),
    once_per_person=True,
    asks_process=True,
    rank=10,
)
