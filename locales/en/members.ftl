# Members, their cards, and invites.

members-near =
    { $count ->
        [one] <b>Your near circle</b>: { $count } member whom you help, who helps you, whom you met through an invite, or with whom you have a mutual guarantee.
       *[other] <b>Your near circle</b>: { $count } members: people you help, who help you, or whom you met through an invite or have a mutual guarantee with.
    }
members-alone = There is nobody in your near circle yet.
members-how-to-grow = It grows when you help somebody or somebody helps you, and when people meet through an invite: open one you were given, or pass on your own.
members-network = 👥 My network
members-help-me = 👥→👤 Who helps me ({ $count })
members-i-help = 👤→👥 Whom I help ({ $count })
members-expand = 🔭 Expand the network
members-invite-mine = 🔗 My invite
members-invite-for = 🔗 { $name }: invite others to help
    .brief = 🔗 { $name }: invite to help
# A name, by which a card is found.
members-named = { $name }
members-invite = 🔗 Invite for somebody else

# Lists of members: how they are, who, what they lack.
people-one = { $sign } { $name }
members-several-called = Several people in your near circle are called that. Here is all of it:
people-one-suspended = ⏸ { $name }
people-one-missing = { $sign } { $name }: 🙏 { $sum }
people-page = Page { $number } of { $count }
# Where more ties lead on than are followed.
people-at-least = { $count }+

network-title =
    { $count ->
        [one] <b>Your network</b>: { $shown } member – your near circle, and those who are joined to it by help or a guarantee.
       *[other] <b>Your network</b>: { $shown } members – your near circle, and those who are joined to it by help or a guarantee.
    }
network-by = 🔎 How we are joined
network-picture = 🖼 Picture of my network
network-by-title = <b>How your network is joined to you</b>: by help that goes on, or was given this month or in the two before.
network-near = Near circle
network-helps-me = Who helps me
network-i-help = Whom I help
network-helps-my-helpers = Who else helps those who help me
    .brief = Help my supporters as well
network-helps-whom-i-help = Who else helps those I help
    .brief = Help those I help as well
network-my-helpers-help = Whom else my supporters help
    .brief = My supporters help them
network-whom-i-help-helps = Whom those I help help
    .brief = Those I help help them
network-part = <b>{ $part }</b>: { $count }
network-part-label = { $part } ({ $count })
network-nobody = There is nobody here yet. That changes when you help somebody, when somebody helps you, and when people meet through an invite.

# My network as a picture. What is not said on its page stands in the picture.
picture-here = 🖼 <b>Your network as a picture.</b> In your near circle: { $near }; further on: { $further }.
picture-private = Others’ names and sums are on it: think before you pass it on.
picture-about = A picture of a network: one member in the middle, the near circle round them ({ $near }), and those further on ({ $further }).
picture-title = My network
picture-subtitle = In my near circle: { $near } · further on: { $further }
picture-me = Me
picture-further = Further on
picture-more = and { $count } more
picture-lacks = { $sum } missing
picture-sum = { $sum }
picture-member = { $name }: { $status }
picture-green = Green
picture-orange = Orange
picture-red = Red
picture-suspended = suspended
picture-promised = promised or done
picture-intended = intended
picture-helps = helps
picture-ended = before, or on hold
picture-guarantee = mutual guarantee
picture-guarantee-with = { $name } and me: mutual guarantee
picture-gives = { $from } → { $to }: { $gives }
picture-tie = { $from } → { $to }
picture-tie-ended = { $from } → { $to }: before, or on hold

expand-title =
    { $count ->
        [one] <b>Your far circle</b>: { $shown } member in need, three steps from you.
       *[other] <b>Your far circle</b>: { $shown } members in need, three steps from you.
    }
expand-how = Help one of them, and you take them into your network.
expand-nobody = There is nobody in need beyond your network now. The more people you help and invite, the further you see.

circle-title =
    { $count ->
        [one] <b>{ $name }</b>: a circle of { $count } supporter.
       *[other] <b>{ $name }</b>: a circle of { $count } supporters.
    }
circle-nobody = Nobody has responded yet.
circle-line = – { $one }
circle-card = 👤 { $one }
circle-one = { $name }: { $gives }
circle-named = { $name }
circle-gives = { $sign } { $sum }
circle-gives-of = { $sign } { $sum } ({ $month })
circle-and = { $before }, { $next }

helps-title =
    { $count ->
        [0] <b>{ $name }</b>: help to others, now or lately.
        [one] <b>{ $name }</b>: help to others, now or lately. In your network: { $count } member.
       *[other] <b>{ $name }</b>: help to others, now or lately. In your network: { $count } members.
    }
helps-unseen =
    { $count ->
        [one] { $count } more is outside your network.
       *[other] { $count } more are outside your network.
    }

card-title = <b>{ $name }</b> · { $status }
card-title-paused = <b>{ $name }</b> · ⏸
card-reliability = Promises: { $fulfilled } kept on time, { $late } late, { $overdue } overdue
card-no-promises = Promises: nothing to count yet
card-about = 💬 “{ $about }”
card-link = 🔗 { $host }
card-monthly = 🔆 Needs { $sum } every month
card-monthly-paused = 🔆 Needs { $sum } every month; paused while the emergency lasts
card-emergency = 🆘 Needs { $sum } by { $date }
card-fulfilled = 👍 Received: { $sum }
card-claimed = 🤝→👍 Done, not confirmed yet: { $sum }
card-promised = 🤝 Promised: { $sum }
card-intended = ❤️ Intended: { $sum }
card-missing = 🙏 Missing: <b>{ $sum }</b>
card-circle =
    { $count ->
        [one] 👥 { $count } supporter:
       *[other] 👥 { $count } supporters:
    }
# The same, where some of them only intend to help.
card-circle-willing =
    { $count ->
        [one] 👥 { $count } member is willing to help:
       *[other] 👥 { $count } members are willing to help:
    }
card-supporter = – { $name }
card-supporter-gives = – { $name }: { $gives }
card-and-more =
    { $count ->
        [one] … and { $count } more
       *[other] … and { $count } more
    }
card-to-circle = 👥 Circle ({ $count })
card-to-helped = 🤲 Whom they help ({ $count })
    .brief = 🤲 They help ({ $count })
card-help = ❤️ Help
card-help-emergency = 🤝 Help
card-my-help = 🤝 My help here
card-invite = 🔗 Invite others to help
card-part = ✖️ Remove from my circle
card-part-sure = Remove <b>{ $name }</b> from your circle, and yourself from theirs? You will no longer see each other’s cards or hear each other’s news, unless you have a mutual guarantee. Nobody will be told. Whatever is still open between you stays visible to both.
card-part-yes = ✖️ Yes, remove
card-part-no = No, leave it as it is
card-parted = { $name } has been removed from your circle. As long as something is open between you, or you have a mutual guarantee, you still see each other here.

invite-to-title =
    { $count ->
        [0] <b>Whom should others be invited to help?</b> Nobody in your network needs help now.
        [one] <b>Whom should others be invited to help?</b> In your network, { $shown } member needs help.
       *[other] <b>Whom should others be invited to help?</b> In your network, { $shown } members need help.
    }
invite-to-one = 🔗 { $one }
invite-mine = <b>Your invite</b>: whoever opens it will see your card and can help you.
invite-mine-green = <b>Your invite</b>: whoever opens it will see your card, and will be told when you ask for help.
invite-for = <b>An invite to help { $name }</b>: whoever opens it will see their card and can help them.
invite-link = { $link }
invite-link-and-word = { $link } – and send there: <code>{ $word }</code>
invite-word = Send to this bot: <code>{ $word }</code>
invite-how = Only pass it on to people you know. Several people can use it, until you revoke it.
invite-share = ↗️ Forward
# What is sent into other chats, and how it is called before that.
share-mine = Your invite ({ $term })
share-for = Invite to help { $name } ({ $term })
share-green = <b>{ $name }</b> invites you to a circle of people who help each other.
share-open = Open the invite
invite-copy = 📋 Copy the link
    .brief = 📋 Copy
invite-none = There is no invite now, but you can make one.
invite-make = 🔗 Make an invite
invite-revoke = 🚫 Revoke
invite-revoke-sure = Revoke the invite to help { $name }? Nobody will be able to use it any more.
invite-revoke-sure-mine = Revoke the invite to help you? Nobody will be able to use it any more.
invite-revoke-yes = 🚫 Yes, revoke it
invite-revoke-no = No, keep it
invite-revoked = The invite has been revoked.
invite-used =
    { $count ->
        [0] Nobody has used it yet.
        [one] { $count } person has used it.
       *[other] { $count } people have used it.
    }
invite-others = 🔗 Other invites ({ $count })
invite-limited = ⏳ For one person or for a time
invite-limited-title = <b>What kind of invite?</b> An invite for one person ends as soon as it has been used; one for a time ends by itself.
invite-for-one = 👤 For one person
invite-for-days =
    { $days ->
        [1] ⏳ Until tomorrow
        [7] ⏳ For a week
       *[other] ⏳ For { $days } days
    }
invite-without-end = 🔗 The one without an end
invites-none = There are no other invites to this card.
invites-to-mine = 🔗 Your invite to it
invites-title =
    { $count ->
        [one] <b>{ $count } other invite</b> to this card. You can revoke it.
       *[other] <b>{ $count } other invites</b> to this card. You can revoke any of them.
    }
invites-one = 🔗 { $name }, { $term }: { $count } came
    .brief = 🔗 { $name }, { $term }: { $count }
invites-one-mine = 🔗 You, { $term }: { $count } came
    .brief = 🔗 You, { $term }: { $count }
invites-term-open = until revoked
invites-term-one = for one person
invites-term-until = until the end of { $day }
    .brief = until { $day }
invites-mine = <b>Your invite, { $term }</b>: whoever opens it will see your card.
invites-for = <b>An invite to help { $name }, { $term }</b>: whoever opens it will see their card and can help them.
invites-how-one = Only one person can use it: whoever comes first.
invites-how-time = Only pass it on to people you know. Several people can use it until then.
invites-all = 🔗 Other invites
invites-by = <b>{ $name }</b> made this invite to your card ({ $term }).
invites-by-me = You made this invite ({ $term }).
invites-revoke-sure = Revoke it? Nobody will be able to use it any more. Those who have used it stay in your circle until you remove them.
