# What the conversation engine itself says, whatever the bot is about.

way-back = ‹ Back
way-home = ☰ Menu
list-previous = ‹ Previous
list-next = Next ›

# Above the choices, where they are a list without buttons.
choose-by-number = Type the number or the words of your choice:
choose-or-answer = Choices:
choose-on-notice = To answer, type:
# A number that stands before none of them, so that a doubled message does nothing.
choose-without = You have just typed { $number }, so that number is left out here:
choice-of-notice = { $label } № { $number }

command-start = start
command-menu = menu
command-help = help
command-language = language
command-back = back
command-cancel = cancel
# Before a code that links another account; “link” is understood in every language.
command-link = link

page-stale = This has changed in the meantime. Here is how things stand now.
page-lost = That page is gone. Here is the menu.
# Another release of the bot is being put in the place of this one, and the page, or the message, is of the other.
page-not-now = That can’t be done just now, so nothing has changed. Please try again in a moment.
# Another value on the last page of a form.
page-another-answer = I have taken “{ $said }” as another answer.
# There nothing that is typed takes the place of a text: whatever is said would.
page-kept = That changed nothing. To write something anew, choose what to change.
page-late = Your last message arrived late, so I did nothing with it. Please send it again if it is still needed.
page-early = That came before you could read this page, so nothing was done. If you mean it, please choose or answer here.
page-unexpected = That is not one of the choices here. Please choose one of these.
# The first time it says only that nothing was understood; from the second in a row on, also what can be done at all.
page-missed = { $said }
page-missed-answer =
    { $help ->
        [no] { $said } If nothing works: “cancel” ends what you began, “back” goes one step back.
       *[yes] { $said } If nothing works: “cancel” ends what you began, “back” goes one step back, “help” says how everything works.
    }
page-missed-choice =
    { $help ->
        [no] { $said } To choose, send the first words of one of the choices. “menu” leads to the main menu.
       *[yes] { $said } To choose, send the first words of one of the choices. “menu” leads to the main menu, “help” says how everything works.
    }
answer-no = no, nope, nah, wrong, not right, not now, no thanks, not yet, no not yet
# What says yes to a question of a notice; with commas between them.
answer-yes = yes, yep, yeah, right, correct, that’s right, yes thank you, yes thanks
# Words in a choice without which those behind them say something else: not received, yes, I promise.
answer-not = not, no, nothing, never, yes
page-twice = You wrote that twice, and it was done once. If you mean this page as well, please choose one of these.
page-twice-asked = You wrote that twice, and I took it once, as the way to this page. Nothing has been done yet: if you mean it, please choose by another number, or by all the words of a choice.
page-twice-answer = You have just chosen with “{ $said }”, so I did not take it as your answer as well. If it is your answer, please send it once more.
page-unexpected-waiting = That is not one of the choices here. If it is an answer to my message, please type: { $choices }.
page-which-choice = That fits several of the choices. Please say which one you mean.
page-number-since = I have written to you since that page, so nothing was done yet. If you mean this page, please choose once more. To answer my message, type: { $choices }.
page-which-of-both = A newer message of mine offers this as well. Which one do you mean? { $choices }.
page-question-or-notice = { $said } If it is an answer to my message, please type: { $choices }.
# Where any words would be an answer, and a notice has come since it was asked for.
page-answer-or-notice = “{ $said }” may be meant for a newer message of mine: { $choices }. If it is your answer here, please send it once more.
page-which-notice = Several messages offer this. Which one do you mean? { $choices }.
page-question = That reads like a question, so nothing was done. If you mean “{ $choice }”, please choose it without a question mark.
page-no-such-number = You have no message № { $number }. If you mean a choice of this page, please type its number without the sign.
page-no-such-notice = You have no message № { $number } that offers this. Do you mean one of these? { $choices }.
page-notice-choices = That message can be answered by typing: { $choices }.
page-reply-choices = That message can be answered with: { $choices }.
page-reply-to-nothing = That message needs no answer.
page-not-open = That page is not open any more, so nothing was done. Here is the one that is open.
page-not-open-said = That page is not open any more, so nothing was done with “{ $said }”. Here is the one that is open.
# Somebody has changed a message of theirs that has its answer.
page-edited = I had answered that message before you changed it, so the change does nothing here. If you mean something else now, please write it as a new message.
# $help and $language: whether this bot has such a page.
page-no-such-command =
    There is no such command. These work everywhere: menu, { $help ->
        [yes] help,{" "}
       *[no] {""}
    }{ $language ->
        [yes] language,{" "}
       *[no] {""}
    }back, cancel.
# Somebody has changed a message of theirs that has its answer.
page-text-only = I can only read text.
page-unreadable = I could not decrypt your last message. Please send it again; if your app writes to verified devices only, let it write to mine first. If that does not help, I will invite you to a new chat, where everything is as it is here.
page-unreadable-invited = I can’t decrypt what you write in this chat. I am inviting you to a new one: please accept the invitation and write to me there. Everything will be there as it is here.
page-unreadable-new-chat = I could not decrypt your last message. Please send it again; if your app writes to verified devices only, let it write to mine first. If I still can’t read it, start a new chat with me: everything will be there as it is here.
page-unreadable-unverified = Your app writes only to devices that you have verified, and mine is not one of them, so I can’t read this. Please let it write to unverified devices in this chat, or verify me there, and then send your message again.
# Somebody has opened an invite in the middle of something.
page-begun = What you had begun is not lost: “back” leads to it.
page-said-begun = { $said } { page-begun }
page-cancelled = Cancelled. Nothing has changed.
page-nothing-to-cancel = There is nothing to cancel.
page-broken = Something went wrong on our side. Nothing has changed. Please try again a little later.

# In passing, in the answer to a press. At most 200 characters.
press-early = The page has only just changed. Nothing was done.
press-outdated = This button is from an older page. Nothing has changed.
# There is a newer one about the same, and it counts.
notice-anew = This has changed in the meantime: my newer message about it is № { $number }. Here is how things stand now.
notice-answered = You have answered this already. Here is how things stand now.
press-open-below = This page is open already, further down.

# In a room of a messenger, where no page is shown.
room-crowded = I talk with each person alone, so that nobody sees what is not theirs. Please write to me in a room of your own.
# The key of the bot’s device follows.
room-unverifiable = I am a program and can’t compare emoji. Whoever runs me can tell you whether this is the key of my device:
# Below the bot’s name, where people look at who it is.
deltachat-status = I am a program. Write “start” to me, and the word of your invite if you have one.
room-open = This room is not encrypted: whoever runs the servers can read what is written here. For a private conversation, start an encrypted room with me.
