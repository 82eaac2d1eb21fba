# In groups: the chat of somebody’s circle, where one card is kept up to date.

# Words that are understood there, with commas between them; in English as in the reader’s language.
group-word-circle = circle
group-word-help-out = help out, help-out
# How these are typed where commands are no taps.
group-typed-circle = !circle
group-typed-help-out = !help_out
group-about-circle = Show the card of the circle, or connect the chat with yours
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

group-greeting = Hello! This can be the chat of somebody’s circle. If it is yours and you have asked for help, send { $command } here: I will then keep your card up to date in this chat, and tell everybody here what happens. Everybody in it will see who helps you and how much is missing, but not who gives how much.
group-unbound = This chat is not connected with anybody’s circle yet. If it is the chat of your circle, send { $command }
group-nothing-open = To connect this chat, first ask for help: in the private chat with me, under Profile → Status. Then send { $command } here again.
group-not-a-member = This chat is not connected with anybody’s circle yet. Only a member who has asked for help can do that. If you are not one yet, write to me in private first.
group-anonymous = I can’t see who is writing, because you speak in the name of the group. Please send { $command } in your own name.
group-too-many = You have connected { $max } chats already, and that is as many as I can keep up to date. Remove me from one of them, and then send { $command } here again.
