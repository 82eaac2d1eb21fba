# What the bot is, as people read it before they have begun: in its empty chat (512 characters), and on its profile (120).
# Nothing is said where a bot says nothing.
about-bot = { "" }
about-bot-short = { "" }

# What the commands do, as messengers list them beside the input field.

about-command-start = Begin
about-command-menu = The main menu
about-command-help = How it works
about-command-language = Choose a language
about-command-cancel = Leave what you have begun
