# In groups: the chat of somebody’s circle, of a pool, or of an initiative, where one card is kept up to date.

# Words that are understood there, with commas between them; in English as in the reader’s language.
group-word-circle = circle
group-word-pool = pool
group-word-initiative = initiative
group-word-help-out = help out, help-out
# How these are typed where commands are no taps.
group-typed-circle = !circle
group-typed-help-out = !help_out
group-typed-pool = !pool
group-typed-pool-of = !pool { $number }
group-typed-initiative = !initiative
group-typed-initiative-of = !initiative { $number }
group-about-circle = Show the card of the circle, or connect the chat with yours
group-about-pool = Show the card, or connect the chat with a pool
group-about-initiative = Show the card, or connect the chat with your initiative
group-about-help-out = How to help

group-card-nothing = Nothing is needed at the moment. When that changes, it will show here.
group-card-paused = ⏸ The card of this circle is paused at the moment. What has been promised stands; when the card is back, it will show here.
group-card-how = ❤️ To help: { $command }

group-intention = ❤️ <b>{ $name }</b> → { $friend }: wants to help.
group-promise = 🤝 <b>{ $name }</b> → { $friend }: promises to help.
group-fulfilled = 👍 <b>{ $name }</b> → { $friend }: the help has arrived.
group-opened-monthly = 🔆 <b>{ $name }</b> asks for help: { $sum } every month.
group-opened-emergency = 🆘 <b>{ $name }</b> urgently needs { $sum } by { $date }.
# Thanks are for what was given.
group-ended-monthly =
    { $count ->
        [0] ✅ <b>{ $name }</b> no longer needs monthly help.
       *[other] ✅ <b>{ $name }</b> no longer needs monthly help. Thanks to everybody who has helped!
    }
group-ended-emergency =
    { $count ->
        [0] ✅ <b>{ $name }</b>’s emergency is over: { notice-gathered }.
       *[other] ✅ <b>{ $name }</b>’s emergency is over: { notice-gathered }. Thank you!
    }

group-help-out = To help <b>{ $name }</b>, open a private chat with me.
group-help-out-nothing = <b>{ $name }</b> needs nothing at the moment. To be told when that changes, open a private chat with me.
group-help-out-paused = ⏸ <b>{ $name }</b>’s collection is paused at the moment. What has been promised stands.
group-open-chat = ❤️ Open the private chat

group-greeting = Hello! This can be the chat of somebody’s circle, of a pool, or of an initiative. If you look after the pool, send { $pool } here; if you have proposed the initiative, { $initiative }. If it is your circle and you have asked for help, send { $command } here: I will then keep your card up to date in this chat, and tell everybody here what happens. Everybody in it will see who helps you and how much is missing, but not who gives how much.
group-unbound = This chat is not connected to a circle, a pool or an initiative yet. If it is the chat of your circle, send { $command }; if it is that of a pool you look after, { $pool }; of an initiative you have proposed, { $initiative }
group-nothing-open = To connect this chat, first ask for help: in the private chat with me, under Profile → Status. Then send { $command } here again.
group-not-a-member = This chat is not connected to anybody’s circle yet. Only a member who has asked for help can do that. If you are not one yet, write to me in private first.
group-anonymous = I can’t see who is writing, because you speak in the name of the group. Please send { $command } in your own name.
group-too-many = You have connected { $max } chats already, and that is as many as I can keep up to date. Remove me from one of them, and then send { $command } here again.

# The group of a pool. Its members read there what each of them sees; not what happened, nor who gives how much.
group-pool-nothing = Nothing is being discussed at the moment.
group-pool-how = Your own share and your answer: { $command }
group-pool-until = Being discussed until { $time } ({ $zone })
group-pool-until-again = Whoever has not answered has been asked once more, until { $time } ({ $zone })
group-pool-help-out = What the pool <b>{ $pool }</b> asks of you, and what you answer, stays between you and me. Open a private chat with me.
group-pool-case = 📌 <b>{ $name }</b> asks the pool for { $sum }. Those who take part have been told their shares.
group-pool-share = 👍 <b>{ $name }</b>’s case: one more share has been taken.
group-pool-lowered = ✏️ <b>{ $name }</b> now asks for { $sum } instead of { $from }.
group-pool-settled =
    { $count ->
        [one] 🤝 <b>{ $name }</b>’s case has been shared out: { $count } member promises { $gathered } of { $sum }.
       *[other] 🤝 <b>{ $name }</b>’s case has been shared out: { $count } members promise { $gathered } of { $sum }.
    }
group-pool-over = ✖️ <b>{ $name }</b>’s case is over: nobody owes anything for it.
group-pool-closed = 🔒 The pool <b>{ $pool }</b> has been closed. What was promised still stands.
group-pool-several = You look after more than one pool. In the private chat with me, the page of the pool says what to send here: 💬 Group chat.
group-pool-none = To connect this chat with a pool, you have to look after that pool; whoever has been in it longest does. In the private chat with me, the page of the pool says what to send here: 💬 Group chat.
