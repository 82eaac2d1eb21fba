# A cycle of help, by a client that was generated from what the bot says of its interface.
#
#   python cycle.py SITE ANNA BORIS      (the client's folder is on the path; ANNA and BORIS are tokens)
#
# Writes what is wrong, and ends with 1 then.
import sys

from exodus_client import AuthenticatedClient
from exodus_client.api.events import events
from exodus_client.api.help_ import commitments, deed, help_
from exodus_client.api.me import ask, me
from exodus_client.api.members import network
from exodus_client.models import Ask, Deed, Offer

site, anna, boris = sys.argv[1:]


def client(token):
    return AuthenticatedClient(base_url=site, token=token, raise_on_unexpected_status=True)


def ok(answer):
    assert answer.status_code == 200, (answer.status_code, answer.content)
    return answer.parsed


with client(anna) as hers, client(boris) as his:
    who = ok(me.sync_detailed(client=hers))
    assert who.scope == "act" and who.currency == "EUR" and who.card.member.name == "Anna", who
    ok(ask.sync_detailed(client=hers, body=Ask(kind="monthly", sum_="500"), idempotency_key="one"))
    request = ok(me.sync_detailed(client=hers)).card.requests[0]
    assert (request.target, request.missing, request.kind) == ("500", "500", "monthly"), request

    around = ok(network.sync_detailed(client=his)).items
    assert [(one.member.name, one.missing) for one in around] == [("Anna", "500")], around
    after = ok(events.sync_detailed(client=hers)).position
    offer = Offer(sum_="120.50")
    made = ok(help_.sync_detailed(request.collection, client=his, body=offer, idempotency_key="help"))
    again = ok(help_.sync_detailed(request.collection, client=his, body=offer, idempotency_key="help"))
    assert (made.id, made.state, made.sum_) == (again.id, "intention", "120.50"), (made, again)
    assert "promise" in made.deeds, made
    for name, state in [("promise", "obligation"), ("claim", "claimed")]:
        made = ok(deed.sync_detailed(made.id, name, client=his, body=Deed()))
        assert made.state == state, made
    done = ok(deed.sync_detailed(made.id, "confirm", client=hers, body=Deed()))
    assert (done.state, done.role) == ("fulfilled", "receiver"), done
    given = ok(commitments.sync_detailed(client=his, list_="given")).items
    assert [(one.id, one.sum_, one.other.name) for one in given] == [(made.id, "120.50", "Anna")], given
    told = ok(events.sync_detailed(client=hers, after=after)).items
    assert [(one.event, one.by) for one in told] == [
        ("declared", "other"), ("promised", "other"), ("claimed", "other"), ("confirmed", "me")
    ], told
