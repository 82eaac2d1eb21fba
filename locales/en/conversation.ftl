# What the conversation engine itself says, whatever the bot is about.

way-back = ‹ Back
way-home = ☰ Menu

command-start = start
command-menu = menu
command-help = help
command-language = language
command-back = back
command-cancel = cancel

page-stale = This has changed in the meantime. Here is how it stands now.
page-lost = That place is not there any more. Here is the menu.
page-late = Your last message arrived late, so it was not taken. Please send it again if it is still needed.
page-unexpected = No text is expected here. Please choose one of the options.
page-which-notice = Several messages offer this. Please add the number that stands behind it.
page-no-such-command = There is no such command. These work everywhere: menu, help, language, cancel.
page-text-only = I can only read text.
page-cancelled = Cancelled. Nothing was changed.
page-nothing-to-cancel = There is nothing to cancel.
page-broken = Something went wrong on our side. Nothing was changed. Please try again a little later.
