from django.core.management import call_command


def test_the_system_check_finds_nothing() -> None:
    call_command("check", fail_level="WARNING")
