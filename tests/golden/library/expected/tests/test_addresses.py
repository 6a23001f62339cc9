"""Whoever holds a whole network of addresses is one."""

import pytest

from app.addresses import network


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("testclient", "testclient"),
    ],
)
def test_an_ipv6_subscriber_is_one_address(host: str, counted: str) -> None:
    assert network(host) == counted
