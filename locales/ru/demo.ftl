# Что говорит сама демонстрация. Всё остальное, что в ней видно, говорит бот.

demo-hello = Это настоящий бот, только база данных временная: она исчезнет, когда вы выйдете. За всех участников говорите вы.

# Перед каждой строкой стоит то, что нужно набрать.
demo-how-to-talk = сказать это за Анну; дальше говорит тот, кто говорил последним
demo-how-to-choose = выбрать вариант с этим номером
demo-how-to-move-the-clock = перевести часы (или: clock +2h, clock 2026-12-01, clock 2026-12-01 09:30; при выключенном боте: clock off +3d)
demo-how-to-invite = подставить последнее показанное приглашение: @boris > /start {"{"}invite{"}"}
demo-how-to-see-who = показать, кто уже говорил
demo-how-to-leave = закончить

demo-seeded = Сообщество уже есть: { $names }. Сейчас вы говорите за { $who }.
demo-bye = До свидания. Ничего не сохранено.

demo-script-line = { $file }, строка { $line }: { $why }
demo-script-unreadable = Не получается прочитать сценарий { $file }: { $why }
demo-unknown-language = Языка «{ $lang }» здесь нет. Есть: { $known }

demo-puzzled-person = После имени ставится «>» и то, что сказано, например: @anna > привет
demo-puzzled-name = «{ $name }» не может быть именем: в нём не больше 32 букв и цифр, например: @anna > привет
demo-puzzled-clock = Часы идут только вперёд, вот так: clock +3d, clock +2h, clock +15m, clock 2026-12-01, clock 2026-12-01 09:30; а при выключенном боте — clock off +3d
demo-puzzled-indent = Слова людей начинаются с первого столбца, слова бота — с двух пробелов.
demo-puzzled-control = В строке есть управляющий символ. Его можно записать номером: {"{"}U+0007{"}"}
demo-puzzled-nobody = Ещё никто не говорил. Укажите, кто говорит, например: @anna > /start
demo-puzzled-no-invite = Такого приглашения ещё никому не показывали.
demo-puzzled-no-such-button = Варианта «{ $label }» среди показанных не было.
demo-puzzled-no-such-notice = Уведомления с номером { $number }, на которое можно ответить, нет.
demo-puzzled-nothing-before = Ещё не было ничего, что можно повторить.
demo-puzzled-past = Часы назад не идут. Сейчас { $now } UTC.
demo-puzzled-too-far = Так далеко часы не переводятся.
