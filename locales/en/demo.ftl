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
demo-passed-over = From { $since } on the time has passed in one step, as with the bot off: day after day it passes for a year at most.
demo-bye = Goodbye. Nothing was kept.

demo-script-line = { $file }, line { $line }: { $why }
demo-script-unreadable = The script { $file } can’t be read: { $why }
demo-unknown-language = There is no language “{ $lang }” here. There are: { $known }

demo-puzzled-person = After a name comes “>” and what is said, as in: @anna > hello
demo-puzzled-name = “{ $name }” can’t be a name: it takes up to 32 letters and digits, as in: @anna > hello
demo-puzzled-clock = The clock only goes forward, like this: clock +3d, clock +2h, clock +15m, clock 2026-12-01, clock 2026-12-01 09:30; and while the bot is off: clock off +3d
demo-puzzled-indent = What people say begins at the first column; what the bot says is indented by two spaces.
demo-puzzled-control = There is a control character in this line. It can be written by its number: {"{"}U+0007{"}"}
demo-puzzled-nobody = Nobody has spoken yet. Say who does, as in: @anna > /start
demo-puzzled-no-invite = No such invite has been shown yet.
demo-puzzled-no-such-button = “{ $label }” was not among the choices.
demo-puzzled-no-such-notice = There is no notice with the number { $number } to reply to.
demo-puzzled-nothing-before = There is nothing to repeat yet.
demo-puzzled-past = The clock never goes back. It is { $now } UTC now.
demo-puzzled-too-far = The clock goes no further than the year 9999.
