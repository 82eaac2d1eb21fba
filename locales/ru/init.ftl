# Что спрашивает и говорит `exodus init` тому, кто запускает бота для сообщества.

init-no-terminal =
    exodus init задаёт несколько вопросов, поэтому ему нужен терминал. Без терминала настройки можно написать вручную: в exodus.example.toml есть все ключи, и любой можно задать переменной окружения, например EXODUS_TELEGRAM_TOKEN. Проверить их поможет exodus check.
init-there-already =
    Файл { $file } уже есть и останется как есть. Проверить его поможет exodus check. Чтобы начать заново, сначала уберите его.
init-unwritable = Не получается записать { $file }: { $why }
init-no-messenger = Эта программа собрана без Telegram и без Matrix, спрашивать не о чем.
init-hello =
    Несколько вопросов, и настройки бота будут в { $file }. То, что стоит в [скобках], можно выбрать клавишей Enter. Ctrl-C прерывает, и тогда ничего не записывается.

# { $most } — сколько вариантов.
init-number = Напишите число от 1 до { $most }.
init-language = На каком языке бот говорит с теми, чьего языка он не знает?
init-messenger = Где люди будут говорить с ботом? Другой мессенджер можно добавить в файл позже.

init-token = Токен от @BotFather (при наборе не виден)
init-token-form = Это не токен бота. Его присылает @BotFather после /newbot, он выглядит так: 123456:ABC-DEF. Скопируйте его целиком.
init-token-unknown = Telegram не знает этого токена. Скопируйте его у @BotFather ещё раз (/mybots, API Token).

init-user = Учётная запись бота в Matrix, например @exodus:example.org
init-user-form = Это не учётная запись Matrix. Она начинается с @, а после двоеточия стоит сервер: @exodus:example.org.
init-homeserver = Адрес её сервера
init-homeserver-form = Это не адрес. Он начинается с https://, например https://matrix.example.org.
init-password = Пароль учётной записи (при наборе не виден)
init-password-form = Без пароля не получится.
init-password-unknown = Сервер не пускает { $user } с этим паролем. Ещё раз, пожалуйста.

init-asking = Спрашиваю { $place } …
init-taken = Хорошо, это { $account }.
init-silent = { $place } не отвечает: { $why }
init-refused = { $place } отказывает: { $why }
init-what-now = Что делать?
init-again = Попробовать ещё раз
init-through-proxy = Пойти через прокси
init-retype = Исправить то, что набрано
init-unchecked = Записать как есть; проверить можно позже: exodus check
init-proxy = Адрес прокси, например socks5h://127.0.0.1:9050 или http://proxy.example.org:3128
init-proxy-form = Это не адрес прокси. Он начинается с http://, https://, socks5:// или socks5h://.

init-currency = В какой валюте считают участники? Она выбирается на всю жизнь сообщества
init-currency-form = Не знаю такой валюты. Напишите её код из трёх букв, например EUR.
init-currency-unlisted = { $code } нет ни в одном списке валют. Если это то, что нужно, напишите ещё раз.
init-currency-shown = Суммы будут выглядеть так: { $sum }
init-zone = Где живёт сообщество? По этим часам кончаются месяцы. Город или название часового пояса
init-zone-form = Не знаю такого места. Напишите город побольше поблизости или часовой пояс, например Europe/Podgorica.
init-zone-now = { $zone }: там сейчас { $time }.

init-written = Файл { $file } готов. В нём секрет, поэтому читать его можете только вы.
init-other-file = Куда записать вместо этого? Всё, что вы набрали, сохранено
init-next = Что дальше:
init-next-run = Запустите бота: { $command }
init-next-greet = Напишите ему: { $link }
init-next-more = Допишите, что ещё хотите решить сами: в exodus.example.toml есть все ключи, а проверит файл { $command }
init-nothing-written = Ничего не записано.
