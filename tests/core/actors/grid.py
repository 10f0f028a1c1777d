"""Who may open which page of accounts, and what they are answered."""

from house.roles import EVERYONE, everyone


def each(anonymous: int, signed_in: int) -> dict[str, int]:
    return everyone(signed_in) | {"anonymous": anonymous}


GRID = {
    "account": each(302, 200),
    "login": EVERYONE,
    "POST login": EVERYONE,
    "account_login": EVERYONE,
    "mfa_login_webauthn": each(302, 302),  # asked by our script only, as JSON
    "POST mfa_login_webauthn": each(302, 302),
    "password-change": each(302, 200),
    "POST password-change": each(302, 200),
    "password-changed": each(302, 200),
    "logout": each(405, 405),
    "logout-everywhere": each(405, 405),
    "sign-up": EVERYONE,
    "POST sign-up": EVERYONE,
    "sign-up-link": each(410, 410),
    "POST sign-up-link": each(410, 410),
    "mail-sent": EVERYONE,
    "password-forgotten": EVERYONE,
    "POST password-forgotten": EVERYONE,
    "password-link": each(410, 410),
    "POST password-link": each(410, 410),
    "account_reauthenticate": each(302, 200),
    "POST account_reauthenticate": each(302, 200),
    "mfa_reauthenticate_webauthn": each(302, 302),  # no one here has a passkey: the password is asked instead
    "mfa_list_webauthn": each(302, 200),
    "mfa_add_webauthn": each(302, 302),  # who they are is asked again first
    "POST mfa_add_webauthn": each(302, 302),
    "mfa_remove_webauthn": each(302, 302),
    "POST mfa_remove_webauthn": each(302, 302),
    "provider": each(405, 405),
    "POST provider": each(404, 404),  # no provider is set
    "provider-callback": each(404, 404),
    "socialaccount_signup": each(302, 302),  # no identity waits for a name
    "POST socialaccount_signup": each(302, 302),
    "account-data": each(302, 200),
    "erase": each(302, 302),  # who they are is asked again first
    "POST erase": each(302, 302),
    "erased": EVERYONE,
    "name": each(302, 200),
    "POST name": each(302, 200),
    "address": each(302, 200),
    "POST address": each(302, 200),
    "address-link": each(410, 410),
    "POST address-link": each(410, 410),
    "POST logout-everywhere": each(302, 302),
    "POST logout": each(302, 302),  # last: it ends the session that the other rows need
}


def addresses() -> dict[str, dict]:
    token = {"token": "a-spent-link"}
    return {
        **dict.fromkeys(("sign-up-link", "password-link", "address-link"), token),
        "mfa_remove_webauthn": {"pk": 1},
    }
