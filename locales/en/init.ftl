# What `exodus init` asks the host of a community, and says.

init-no-terminal =
    exodus init asks a few questions, so it needs a terminal. Without one, the configuration can be written by hand: exodus.example.toml has every key, and each can be given by the environment instead, as EXODUS_TELEGRAM_TOKEN. exodus check looks it over.
init-there-already =
    { $file } is there already, and is left as it is. exodus check looks it over. To begin anew, move it away first.
init-unwritable = { $file } can’t be written: { $why }
init-no-messenger = This program was built without Telegram and without Matrix, so there is nothing to ask about.
init-hello =
    A few questions, and the bot’s configuration is in { $file }. What stands in [brackets] is taken with Enter; Ctrl-C ends it, and then nothing is written.

# { $most } is the number of choices.
init-number = Type a number from 1 to { $most }.
init-language = Which language does the bot speak with those whose own it does not know?
init-messenger = Where do people talk with the bot? Another messenger can be added to the file later.

init-token = The token that @BotFather gave you (it is not shown as you type)
init-token-form = This is not a bot’s token. It is what @BotFather sends after /newbot, such as 123456:ABC-DEF. Copy all of it.
init-token-unknown = Telegram does not know this token. Copy it once more from @BotFather (/mybots, API Token).

init-user = The bot’s account in Matrix, such as @exodus:example.org
init-user-form = This is not an account in Matrix. It begins with @ and has the server after a colon: @exodus:example.org.
init-homeserver = The address of its homeserver
init-homeserver-form = This is not an address. It begins with https://, such as https://matrix.example.org.
init-password = The account’s password (it is not shown as you type)
init-password-form = There has to be a password.
init-password-unknown = The homeserver does not take { $user } with this password. Once more, please.

init-asking = Asking { $place } …
init-taken = Well: this is { $account }.
init-silent = { $place } does not answer: { $why }
init-refused = { $place } refuses: { $why }
init-what-now = What now?
init-again = Try again
init-through-proxy = Go through a proxy
init-retype = Correct what I typed
init-unchecked = Write it down as it is; exodus check can look at it later
init-proxy = The proxy’s address, such as socks5h://127.0.0.1:9050 or http://proxy.example.org:3128
init-proxy-form = This is not the address of a proxy. It begins with http://, https://, socks5:// or socks5h://.

init-currency = In which currency do people count? It is for the whole life of the community
init-currency-form = I don’t know this currency. Type its code of three letters, such as EUR.
init-currency-unlisted = { $code } is in no list of currencies. If you mean it, type it once more.
init-currency-shown = Sums will look like this: { $sum }
init-zone = Where does the community live, for the ends of its months? A city, or the name of a time zone
init-zone-form = I don’t know this place. Type a larger city nearby, or a time zone such as Europe/Podgorica.
init-zone-now = { $zone }: it is { $time } there now.

init-written = { $file } is written. It holds a secret, so only you can read it.
init-other-file = Where should it go instead? Nothing that you typed is lost
init-next = What to do next:
init-next-run = Run the bot: { $command }
init-next-greet = Write to it: { $link }
init-next-more = Add what else you want to decide; exodus.example.toml has every key, and { $command } looks it over.
init-nothing-written = Nothing was written.
