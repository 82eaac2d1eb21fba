# What the demo itself says. Everything else that is seen there is said by the bot.

demo-hello = This is the whole bot, on a database that is thrown away when you leave. You play everybody.

# In front of each line stands what to type.
demo-how-to-talk = says it as Anna; who spoke last stays chosen
demo-how-to-choose = chooses what has this number
demo-how-to-move-the-clock = moves the clock (also: clock +2h, clock 2026-12-01, clock 2026-12-01 09:30; while the bot is off: clock off +3d)
demo-how-to-invite = puts in the invite that was shown last: @boris > /start {"{"}invite{"}"}
demo-how-to-see-who = shows who has spoken
demo-how-to-leave = ends it

# Who talks until another name is typed.
demo-first = anna

demo-seeded = There is a community already: { $names }. You talk as { $who } now.
demo-bye = Goodbye. Nothing was kept.

demo-script-line = { $file }, line { $line }: { $why }
demo-script-unreadable = The script { $file } can’t be read: { $why }
demo-unknown-language = There is no language “{ $lang }” here. There are: { $known }
