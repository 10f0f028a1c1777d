"""A release is made of a file that came whole: what an address cuts short, or does not give, is refused."""

import contextlib
import socket
import threading

import pytest

from parvis.config.commands.load import AddressNotRead, fetch

ROWS = b"a,b\n" + b"1,2\n" * 20


@pytest.fixture
def answering():
    """Return a function that serves one answer, as it is given, and returns its address."""
    with contextlib.ExitStack() as opened:

        def serve(answer: bytes) -> str:
            server = opened.enter_context(socket.create_server(("127.0.0.1", 0)))

            def give() -> None:
                with server.accept()[0] as asked, asked.makefile("rb") as request:
                    while request.readline() != b"\r\n":
                        pass
                    asked.sendall(answer)

            threading.Thread(target=give, daemon=True).start()
            return f"http://127.0.0.1:{server.getsockname()[1]}/decp.csv"

        yield serve


def answer(*headers: str, body: bytes = ROWS, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "\r\n"]).encode() + body


CHUNK = f"{len(ROWS):x}\r\n".encode() + ROWS + b"\r\n"


@pytest.mark.parametrize(
    "whole",
    [
        answer(f"Content-Length: {len(ROWS)}"),
        answer("Connection: close"),
        answer("Transfer-Encoding: chunked", body=CHUNK + b"0\r\n\r\n"),
    ],
    ids=["length", "no length", "chunked"],
)
def test_a_file_that_came_whole_is_kept_under_its_name(answering, tmp_path, whole):
    path = fetch(answering(whole), tmp_path)
    assert (path.name, path.read_bytes()) == ("decp.csv", ROWS)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (answer("Content-Length: 1000000"), "coupée : 84 octets reçus sur 1000000"),
        (answer("Transfer-Encoding: chunked", body=CHUNK), "IncompleteRead"),
        (answer(body=b"", status="404 Not Found"), "404"),
        (answer(body=b"", status="503 Service Unavailable"), "503"),
        (b"bonjour\r\n\r\n", "bonjour"),
    ],
    ids=["cut", "cut between chunks", "absent", "down", "no answer in HTTP"],
)
def test_what_is_cut_or_not_given_is_refused(answering, tmp_path, broken, said):
    with pytest.raises(AddressNotRead, match=said):
        fetch(answering(broken), tmp_path)


def test_a_door_that_nobody_opens_is_said(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        nobody = server.getsockname()[1]
    with pytest.raises(AddressNotRead, match="n'a pas été lue"):
        fetch(f"http://127.0.0.1:{nobody}/decp.csv", tmp_path)


def test_another_kind_of_address_is_refused(tmp_path):
    with pytest.raises(AddressNotRead, match="http ou https"):
        fetch("file:///etc/hostname", tmp_path)
