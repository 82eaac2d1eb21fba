# Members, their cards, and invites.

members-near =
    { $count ->
        [one] <b>Your near circle</b>: { $count } member whom you help, who helps you, or whom you met through an invite.
       *[other] <b>Your near circle</b>: { $count } members whom you help, who help you, or whom you met through an invite.
    }
members-alone = There is nobody in your near circle yet.
members-how-to-grow = It grows when you help somebody or somebody helps you, and when people meet through an invite: open one you were given, or pass on your own.
members-show-near = 👥 Near circle ({ $count })
members-invite = 🔗 Invite
members-one = 👤 { $name }

card-title = <b>{ $name }</b> · { $status }
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
card-supporter-sum = – { $name }: { $sign } { $sum }
card-and-more =
    { $count ->
        [one] … and { $count } more
       *[other] … and { $count } more
    }
card-help = ❤️ Help
card-my-help = 🤝 My help here
card-invite = 🔗 Invite others to help
card-part = ✖️ Remove from my circle
card-part-sure = Remove <b>{ $name }</b> from your circle, and yourself from theirs? You will no longer see each other’s cards or hear each other’s news. Nobody will be told. Whatever is still open between you stays visible to both.
card-part-yes = ✖️ Yes, remove
card-part-no = No, leave it as it is
card-parted = { $name } has been removed from your circle. As long as something is open between you, you still see each other here.

invite-mine = <b>Your invite</b>: whoever opens it will see your card and can help you.
invite-mine-green = <b>Your invite</b>: whoever opens it will see your card, and will be told when you ask for help.
invite-for = <b>An invite to help { $name }</b>: whoever opens it will see their card and can help them.
invite-link = { $link }
invite-link-and-word = { $link } – and send there: <code>{ $word }</code>
invite-word = Send to this bot: <code>{ $word }</code>
invite-how = Only pass it on to people you know. Several people can use it, until you revoke it.
invite-share = ↗️ Forward
invite-none = There is no invite now, but you can make one.
invite-make = 🔗 Make an invite
invite-revoke = 🚫 Revoke
invite-revoke-sure = Revoke the invite to { $name }’s card? Nobody will be able to use it any more.
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
invite-by-others = 🔗 Invites that others made ({ $count })
invites-none = There are no invites that others made to your card.
invites-title =
    { $count ->
        [one] <b>{ $count } invite to your card</b>, made by somebody else. You can revoke it.
       *[other] <b>{ $count } invites to your card</b>, made by others. You can revoke any of them.
    }
invites-one =
    { $count ->
        [one] 🔗 { $name }: { $count } came
       *[other] 🔗 { $name }: { $count } came
    }
invites-by = <b>{ $name }</b> made an invite to your card.
invites-revoke-sure = Revoke it? Nobody will be able to use it any more. Those who have used it stay in your circle until you remove them.
