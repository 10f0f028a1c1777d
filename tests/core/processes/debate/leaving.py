"""Someone of whom every part of debates knows something, who leaves by the site's own pages."""

from datetime import UTC, date, datetime, timedelta

NAME, EMAIL, PASSWORD = "Marguerite-Unique", "marguerite.unique@parvis.example", "un bon mot de passe"
PUBLISHED = (
    "Titre un-ique", "Rédaction alpha-unique", "Motif alpha-unique", "Titre deux-unique", "Rédaction beta-unique",
    "Proposition gamma-unique", "Texte gamma-unique", "Retrait delta-unique", "Commentaire epsilon-unique",
)  # fmt: skip
"""What she published, or gave as the public reason of a withdrawal: it stays unless she asks otherwise."""
TOLD = ("Contestation zeta-unique", "Signalement eta-unique", "Recours theta-unique")
"""What she wrote to those who answer and moderate: it goes with her."""
NOW = datetime.now(tz=UTC)
BEGINNING = NOW - timedelta(days=3)
RULE = "injure-diffamation"


def open_account(name, email=""):
    from parvis.core.actors import actions

    email = email or f"{name.lower()}@parvis.example"
    return actions.open_account(email=email, public_name=name, password=PASSWORD, at=BEGINNING)


def mandated(role, name, body):
    from parvis.core.actors import actions

    given = {"role": role, "organisation": body, "starts_on": date(2026, 1, 1), "at": BEGINNING}
    return actions.grant_mandate(actor=open_account(name), **given)


def wording(number, words):
    return {"title": f"Titre {number}", "wording": f"Rédaction {words}", "reason": f"Motif {words}"}


class Life:
    """All that Marguerite does in a debate with others."""

    def __init__(self, debate):
        self.body, self.process = debate.organisation, debate
        self.her, self.ali = open_account(NAME, EMAIL), open_account("Ali")
        self.agent = mandated("agent", "Agente", self.body)
        self.moderator = mandated("moderator", "Modo", self.body)
        self.answered, self.hidden, self.withdrawn = self.writes(), self.is_hidden(), self.withdraws()
        self.others = self.say(self.ali, "proposal", {"title": "Celle d'Ali", "text": "Ouvrir les menus."}, unit="")
        self.comment = self.say(self.her, "comment", {"text": "Commentaire epsilon-unique"}, unit="")
        self.poll = self.votes()
        self.is_answered()
        self.follows()

    def say(self, author, kind, fields, unit="article-1", at=BEGINNING + timedelta(days=1)):
        from parvis.core.processes import actions

        place = {"unit": unit, "unit_version": "v1"} if unit else {}
        given = {"process": self.process, "kind": kind, "fields": fields, "idempotency_key": f"{kind}{fields}"[:60]}
        return actions.contribute(author=author, at=at, **given, **place)

    def writes(self):
        from parvis.core.processes import actions

        made = self.say(self.her, "wording", wording("un-ique", "alpha-unique"))
        fields = wording("deux-unique", "beta-unique")
        return actions.edit(contribution=made, fields=fields, basis_edition=1, author=self.her, at=NOW)

    def is_hidden(self):
        from parvis.core.processes.moderating import actions

        said = {"title": "Proposition gamma-unique", "text": "Texte gamma-unique"}
        made = self.say(self.her, "proposal", said, unit="")
        ruling = actions.Ruling("hidden", RULE, "Traite un maire d'un nom injurieux.")
        (decision,) = actions.decide(contributions=[made], ruling=ruling, at=NOW, mandate=self.moderator)
        actions.appeal(decision=decision, because="Recours theta-unique", author=self.her, at=NOW)
        return made

    def withdraws(self):
        from parvis.core.processes import actions

        made = self.say(self.her, "wording", wording("trois", "alpha-unique"), unit="article-2")
        return actions.withdraw(contribution=made, because="Retrait delta-unique", author=self.her, at=NOW)

    def votes(self):
        """Both support each other's, and vote; return the poll on what is hers."""
        from parvis.core.processes.moderating import actions as moderating
        from parvis.core.processes.voting import actions

        for about, voters in ((self.answered, (self.ali,)), (self.others, (self.her, self.ali))):
            for form, choice in (("opinion", "for"), ("support", "support")):
                poll = actions.poll_on(contribution=about, form=form, at=NOW)
                for voter in voters:
                    actions.cast(poll=poll, actor=voter, choice=[choice], idempotency_key="", at=NOW)
        reported = {"contribution": self.others, "rule": RULE, "text": "Signalement eta-unique"}
        moderating.report(reporter=self.her, at=NOW, **reported)
        return actions.poll_on(contribution=self.others, form="opinion", at=NOW)

    def is_answered(self):
        from parvis.core.processes.answering import actions

        self.answered.refresh_from_db()
        given = {"fate": "rejected", "reasons": "Contraire au secret des affaires."}
        actions.answer(contributions=[self.answered], at=NOW, mandate=self.agent, **given)
        actions.contest(contribution=self.answered, because="Contestation zeta-unique", author=self.her, at=NOW)

    def follows(self):
        from parvis.core.processes.answering import actions

        actions.follow(actor=self.her, process=self.process, at=NOW)
        actions.follow(actor=self.her, process=self.process, contribution=self.others, at=NOW)

    def leaves(self, client, *, with_words):
        """Leave by the pages: prove who one is, tick, send."""
        client.force_login(self.her)
        client.post("/compte/verification/?next=/compte/effacer/", {"password": PASSWORD})
        sent = {"is_sure": "on"} | ({"with_words": "on"} if with_words else {})
        assert client.post("/compte/effacer/", sent).url == "/compte/efface/"
        return client.__class__()
