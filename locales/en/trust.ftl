# Mutual guarantees, and the trust list that they make.

members-trust =
    { $count ->
        [0] 🛡 Trust list
       *[other] 🛡 Trust list ({ $count })
    }
card-guarantee = 🛡 Our mutual guarantee

trust-title =
    { $count ->
        [one] 🛡 <b>Your trust list</b>: { $count } member, connected by mutual guarantees. A friend of your friend is your friend.
       *[other] 🛡 <b>Your trust list</b>: { $count } members, you among them, connected by mutual guarantees. A friend of your friend is your friend.
    }
trust-pool = What you all intend together: <b>{ $pool }</b> ({ $count } × { $sum }). Nobody holds this money, and nothing is paid in.
trust-alone = 🛡 <b>Your trust list</b> is empty: you have no mutual guarantee with anybody yet. Offer one to somebody you know personally. Whomever they have guarantees with is then in your trust list too: a friend of your friend is your friend.
trust-means = A mutual guarantee says: “I intend to help you in need with about { $sum }, and I count on the same from you.”
trust-nothing-owed = It is an intention, given in trust. Nobody owes anything because of it: there is no fund, no fee and no promise of payment, and either side can end it at any time.
trust-mine = 🛡 My guarantees ({ $count })
trust-theirs = 👥 Their guarantees ({ $count })
trust-further = 🔭 Further on ({ $count })
trust-mine-title =
    { $count ->
        [0] <b>My guarantees</b>: you have none yet.
        [one] <b>My guarantees</b>: { $count } member.
       *[other] <b>My guarantees</b>: { $count } members.
    }
trust-theirs-title =
    { $count ->
        [0] <b>Their guarantees</b>: nobody else has one with those you have one with.
        [one] <b>Their guarantees</b>: { $count } member has one with somebody you have one with.
       *[other] <b>Their guarantees</b>: { $count } members have one with somebody you have one with.
    }
trust-further-title =
    { $count ->
        [0] <b>Further on</b>: there is nobody yet.
        [one] <b>Further on</b>: { $count } member, three or more guarantees away from you.
       *[other] <b>Further on</b>: { $count } members, three or more guarantees away from you.
    }
trust-unnamed =
    { $count ->
        [one] { $count } of them is too far from you for me to name.
       *[other] { $count } of them are too far from you for me to name.
    }
trust-nobody-named = They are too far from you for me to name.
trust-unlisted =
    { $count ->
        [one] { $count } more is not listed here.
       *[other] { $count } more are not listed here.
    }
trust-offer = 🛡 Offer a mutual guarantee
trust-offers = ⏳ Offered, not accepted yet ({ $count })
guarantee-none = 🛡 There is no mutual guarantee here any more: it has ended.
trust-back = 🛡 Trust list

offer-title = 🛡 <b>Your offer of a mutual guarantee</b>, open until the end of { $day }.
offer-how = Send it to one person whom you know well. Whoever accepts it first has a mutual guarantee with you, and nobody else can use the link after that. You will be told who it was.
offer-comer = <b>{ $name }</b> has joined by this link and hasn’t accepted yet. Nobody else can use it any more.
offer-withdraw = 🚫 Withdraw the offer
offer-withdraw-sure = Withdraw this offer? Nobody will be able to accept it any more.
offer-withdraw-yes = 🚫 Yes, withdraw it
offer-withdraw-no = No, leave it open
offer-withdrawn = The offer has been withdrawn.
offers-none = All your offers have been accepted, withdrawn, or have run out.
offers-title =
    { $count ->
        [one] <b>Offered, not accepted yet</b>: { $count } mutual guarantee.
       *[other] <b>Offered, not accepted yet</b>: { $count } mutual guarantees.
    }
offers-one = 🛡 until the end of { $day }
offers-one-of-several = 🛡 until the end of { $day } ({ $number })
    .brief = 🛡 until { $day } ({ $number })
offers-one-came = 🛡 until the end of { $day }: { $name }
share-guarantee = Offer a mutual guarantee (until the end of { $day })

guaranteed-title = 🛡 <b>{ $name }</b> offers you a mutual guarantee.
guaranteed-question = Do you and { $name } intend to help each other in need?
guaranteed-yes = 🛡 Yes, we help each other
guaranteed-yes-words = accept, i accept, i accept it, agree, i agree, agreed, ok, okay, sure, deal
guaranteed-no = Not now
guaranteed-done = You and { $name } now have a mutual guarantee.
guaranteed-own = This is your own offer. Send it to somebody you know well: you can’t have a mutual guarantee with yourself.
guaranteed-held = 🛡 You already have a mutual guarantee with <b>{ $name }</b>, so there is nothing left to accept.
guaranteed-look = 🛡 Our mutual guarantee
guaranteed-too-late = This offer has been accepted by somebody else, or withdrawn, or has run out. If it was meant for you, please ask for a new one.

guarantee-title = 🛡 You and <b>{ $name }</b> have had a mutual guarantee since { $date }.
guarantee-end = ✖️ End it
guarantee-end-sure =
    { $told ->
        [no] End the mutual guarantee with <b>{ $name }</b>? { $name } gets no message of it. Those who were connected to you only through it will drop out of your trust list.
       *[yes] End the mutual guarantee with <b>{ $name }</b>? { $name } will be told. Those who were connected to you only through it will drop out of your trust list.
    }
guarantee-end-yes = ✖️ Yes, end it
guarantee-end-no = No, leave it as it is
guarantee-ended =
    { $told ->
        [no] Your mutual guarantee has ended. { $name } gets no message of it now, and will see it next time they are here.
       *[yes] Your mutual guarantee has ended. { $name } has been told.
    }

refused-too-many-offers = { $max } offers are open already. Withdraw one of them first.
refused-held-already = You already have a mutual guarantee, so nothing has changed.

leave-guarantees =
    { $count ->
        [one] – your mutual guarantee with { $count } member
       *[other] – your mutual guarantees with { $count } members
    }
admin-guarantees = 🛡 Mutual guarantees: { $count }

notice-guaranteed = 🛡 <b>{ $name }</b> has accepted your offer: you now have a mutual guarantee.
notice-guarantee-ended = 🛡 <b>{ $name }</b> has ended the mutual guarantee with you. Neither of you owes the other anything because of it.
notice-guarantee-left = 🛡 Somebody with whom you had a mutual guarantee has left the bot, so it has ended.
