# In groups: the chat of somebody’s circle, where one card is kept up to date.

# Words that are understood there, with commas between them; in English as in the reader’s language.
group-word-circle = circle
group-word-help-out = help out, help-out
group-about-circle = The card of this circle; whoever it is for connects this chat with it
group-about-help-out = How to help

group-card-nothing = Nothing is needed at the moment. When that changes, it will show here.
group-card-how = ❤️ To help: { $command }

group-intention = ❤️ <b>{ $name }</b> → { $friend }: an intention to help.
group-promise = 🤝 <b>{ $name }</b> → { $friend }: a promise to help.
group-fulfilled = 👍 <b>{ $name }</b> → { $friend }: the help has arrived.
group-opened-monthly = 🔆 <b>{ $name }</b> asks for help: { $sum } every month.
group-opened-emergency = 🆘 <b>{ $name }</b> urgently needs { $sum } by { $date }.
group-ended-monthly = ✅ <b>{ $name }</b> no longer needs monthly help. Thank you!
group-ended-emergency = ✅ <b>{ $name }</b>’s emergency is over: { notice-gathered }. Thank you!

group-help-out = To help <b>{ $name }</b>, open a private chat with me.
group-help-out-nothing = <b>{ $name }</b> needs nothing at the moment. To be told when that changes, open a private chat with me.
group-open-chat = ❤️ Open the private chat

group-greeting = Hello! This can be the chat of somebody’s circle. If it is yours and you have asked for help, send { $command } here: I will then keep your card up to date in this chat, and tell everybody here what happens. Everybody in it will see who helps you and how much is missing, but not who gives how much.
group-unbound = This chat is not connected with anybody’s circle yet. The member whose circle it is can do that: { $command }
group-nothing-open = To connect this chat, first ask for help: in the private chat with me, under Profile → Status. Then send { $command } here again.
group-not-a-member = This chat is not connected with anybody’s circle yet. Only a member who has asked for help can do that. If you are not one yet, write to me in private first.
group-anonymous = I can’t see who is writing, because you speak in the name of the group. Please send { $command } in your own name.
group-too-many = You have connected { $max } chats already, and that is as many as I can keep up to date. Remove me from one of them, and then send { $command } here again.
