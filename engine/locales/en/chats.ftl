# When a chat is played: what its player says beside the bot.

chat-passed-over = From { $since } on the time has passed in one step, as with the bot off: day after day it passes for a year at most.
chat-puzzled-person = After a name comes “>” and what is said, as in: @anna > hello
chat-puzzled-name = “{ $name }” can’t be a name: it takes up to 32 letters and digits, as in: @anna > hello
chat-puzzled-clock = The clock only goes forward, like this: clock +3d, clock +2h, clock +15m, clock 2026-12-01, clock 2026-12-01 09:30; and while the bot is off: clock off +3d
chat-puzzled-indent = What people say begins at the first column; what the bot says is indented by two spaces.
chat-puzzled-control = There is a control character in this line. It can be written by its number: {"{"}U+0007{"}"}
chat-puzzled-nobody = Nobody has spoken yet. Say who does, as in: @anna > /start
chat-puzzled-not-shown = No such invite or code has been shown yet.
chat-puzzled-no-such-button = “{ $label }” was not among the choices.
chat-puzzled-no-such-notice = There is no notice with the number { $number } to reply to.
chat-puzzled-is-person = “{ $name }” is somebody here: a group needs another name, as in: @anna in @circle > /circle
chat-puzzled-is-group = “{ $name }” is a group here: a person needs another name.
chat-puzzled-nothing-before = There is nothing to repeat yet.
chat-puzzled-past = The clock never goes back. It is { $now } UTC now.
chat-puzzled-too-far = The clock goes no further than the year 9999.
