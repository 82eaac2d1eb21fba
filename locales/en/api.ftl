# What programs are told, which those pass on to whom they act for.

api-nothing = There is nothing here that you may see.
api-no-such-method = This is asked for in another way: please look into the description.
api-unreadable = I can’t read this: { $what }
api-too-often = That was very often in a short time. Please wait { $seconds } seconds.
api-away = I can’t answer just now. Nothing has changed; please try again in a moment.
api-broken = Something went wrong, and it is my fault. Nothing has changed.
api-no-token = A token is needed. It is made in the chat, under Profile, “Programs and calendar”.
api-unknown-token = This token doesn’t work, or has been withdrawn. Another one is made in the chat, under Profile, “Programs and calendar”.
api-not-allowed = This token does not allow that. One that does is made in the chat, under Profile, “Programs and calendar”.
api-suspended = You are suspended at present. The chat says why.
api-other-request = Something else was asked for by this Idempotency-Key before. Please take another one.
api-not-sure = That changes very much at once, is less than is promised, or would end it. If it is meant so, say that you are sure.

calendar-title = Mutual aid
calendar-promise = 🤝 { $name }: { $sum }
calendar-overdue = ⏳ { $name }: { $sum }
calendar-emergency = 🆘 { $name }: last day
calendar-emergency-mine = 🆘 My emergency: last day

programs-scope-status = status page
status-door = The status page
status-enter = Show it
status-used = This link does not count any more: each works once, for ten minutes. Get another one in the chat, under Administration, “Status page”.
status-how = The way to this page is a link from the chat: Administration, “Status page”.
status-title = How the program stands
status-program = The program
status-release = Release
status-steps = Last steps of the database
status-processes = Processes at work
status-late = Due and not done yet
status-members = Members
status-suspended = Suspended
status-help = Help that is not settled
status-count-and-sum = { $count }, { $sum }
status-guarantees = Mutual guarantees
status-initiatives = Open initiatives
status-pools = Pools
status-waiting = Messages waiting
status-unreachable = for people who can’t be reached
status-failed = Messages that could not be sent
