# What the commands do, as messengers list them beside the input field.

about-command-start = Begin
about-command-menu = The main menu
about-command-help = How it works
about-command-language = Choose a language
about-command-cancel = Leave what you have begun
