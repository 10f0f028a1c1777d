"""What the sums of a list leave out is said beside them, and counted one click away."""

import html
import re

from django.urls import reverse


def test_the_list_says_what_its_sums_leave_out_and_leads_to_the_count(client, contracts):
    page = html.unescape(client.get(reverse("register-rows", args=["procurement"])).content.decode())
    (said, address) = re.search(r'<p class="quiet">(Quand un numéro.*?)<a href="(.*?)"', page).groups()
    counted = client.get(address, {"format": "csv"})

    assert "un seul entre dans ces sommes" in said
    assert b"contenus_ecartes,montant_ecarte" in b"".join(counted)
