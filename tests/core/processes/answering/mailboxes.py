"""Mail servers as they fail: real backends of Django, that one names in the settings."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends import locmem

GONE = "ali@parvis.example"


class Refusing(locmem.EmailBackend):
    """Refuses one address, as a server does for a mailbox that is gone; delivers the others."""

    def send_messages(self, messages):
        for message in messages:
            if GONE in message.to:
                raise SMTPRecipientsRefused({GONE: (550, b"No such user")})
        return super().send_messages(messages)


class Breaking(locmem.EmailBackend):
    """Delivers one mail, then loses its line."""

    def send_messages(self, messages):
        if self.connection_is_lost:
            raise ConnectionResetError("Connection reset by peer")
        self.connection_is_lost = True
        return super().send_messages(messages)

    connection_is_lost = False
