# Администрирование: сообщество в цифрах, участники, сообщение всем.

menu-administration = 🛠 Администрирование

admin-title = 🛠 <b>Администрирование</b>
admin-members-count = 👥 Участников: { $count }
admin-status = – { $status }: { $count }
admin-suspended-count = – ⏸ Участие приостановлено: { $count }
admin-help = 🤝 Незавершённая помощь:
admin-help-line = – { $state }: { $count }, { $sum }
admin-no-help = 🤝 Незавершённой помощи нет.
admin-notices = 📨 Сообщений в очереди: { $waiting }
admin-notices-unreachable = – ещё ждут, пока получатель станет доступен: { $count }
admin-notices-failed = – не отправлено за последние 90 дней: { $count }
admin-to-members = 👥 Все участники: { $count }
admin-announce = 📣 Написать всем
admin-last-announcement = 📣 Последнее сообщение всем
admin-to-status = 📊 Страница состояния
admin-status-title = 📊 Как работает программа
admin-status-what = Страница в браузере с цифрами: что ждёт отправки и что не удалось, какая версия, что пора сделать. Ничего из написанного людьми на ней нет.
admin-status-open = 🔗 Получить ссылку на неё
admin-status-link = 📊 Ссылка на страницу состояния: { $link }
admin-status-counts = Она действует один раз, десять минут; потом страница будет видна в том браузере двенадцать часов.
admin-status-back = ‹ К администрированию
admin-status-off = Сейчас у этого бота нет страниц для браузера.

admin-members-title = 👥 <b>Все участники</b>: { $count }, сначала новые
admin-since = Участвует с { $time }
admin-member-since = { $one }, с { $time }
admin-accounts = Аккаунты: { $messengers }
admin-and = { $one }, { $next }
admin-gives = Помощь другим — не завершено: { $count }
admin-gets = Помощь от других — не завершено: { $count }
admin-kept = Обещаний исполнено: { $kept }, просрочено: { $overdue }
admin-administers = 🛠 Администрирует это сообщество
admin-is-suspended = ⏸ Участие приостановлено { $date }. Причина: «{ $why }».
admin-suspend = ⏸ Приостановить участие
admin-restore = ✅ Возобновить участие
admin-restored = ✅ Участие возобновлено.
admin-sign-in = 🔑 Ссылка для входа
admin-sign-in-title = 🔑 <b>{ $name }</b>: ссылка для входа в браузере
admin-sign-in-means = Она для того, у кого не осталось другого способа войти. Проследите, чтобы она не попала к другим: кто её откроет, будет здесь этим человеком. О входе по ней ему сообщат, а в журнале останется, что ссылку дали вы.
admin-sign-in-minutes = 🔑 На десять минут
admin-sign-in-day = 🔑 На сутки
admin-sign-in-back = ‹ К карточке участника
admin-sign-in-link = 🔑 <b>{ $name }</b>, ссылка для входа: { $link }
admin-sign-in-counts =
    { $minutes ->
        [one] Она действует ещё { $minutes } минуту и только один раз.
        [few] Она действует ещё { $minutes } минуты и только один раз.
       *[many] Она действует ещё { $minutes } минут и только один раз.
    }
admin-sign-in-counts-hours =
    { $hours ->
        [one] Она действует ещё { $hours } час и только один раз.
        [few] Она действует ещё { $hours } часа и только один раз.
       *[many] Она действует ещё { $hours } часов и только один раз.
    }
admin-sign-in-secret = Передайте её только этому человеку и убедитесь, что это он: кто её откроет, будет здесь им.
admin-suspend-why = ⏸ <b>{ $name }</b>: по какой причине приостановить участие? Напишите её, не длиннее { $max } символов: этот человек её прочтёт.
admin-suspend-sure = ⏸ <b>{ $name }</b>: приостановить участие? Причина, которую увидит этот человек: «{ $why }»
admin-suspend-means = Пока участие не возобновлено, этому человеку доступны только собственные данные и выход из бота. Пообещать ему помощь нельзя; то, что уже обещано с обеих сторон, остаётся в силе.
admin-suspend-no = Нет, оставить как есть
admin-suspend-redo = ✏️ Другая причина
admin-suspend-yes = ⏸ Да, приостановить
admin-suspended = ⏸ Участие приостановлено: { $name }
refused-administrator = Этот человек администрирует сообщество, поэтому его участие нельзя приостановить.

announce-question = 📣 Что сообщить всем? Напишите текст, не длиннее { $max } символов; абзацы сохранятся.
announce-preview = Так это увидят все, с заголовком на языке каждого:
announce-sure =
    { $count ->
        [one] Отправить? Сообщение получит { $count } участник.
        [few] Отправить? Сообщение получат { $count } участника.
       *[many] Отправить? Сообщение получат { $count } участников.
    }
announce-no = Нет, не отправлять
announce-redo = ✏️ Изменить текст
announce-yes =
    { $count ->
        [one] 📣 Да, отправить: { $count } участник
        [few] 📣 Да, отправить: { $count } участника
       *[many] 📣 Да, отправить: { $count } участников
    }
announce-begun = 📣 Сообщение отправляется.
notice-announcement = 📣 <b>Сообщение администраторов</b>
notice-announcement-short = 📣 <b>Сообщение администраторов</b>: { $words }
announcement-paragraph = { $words }

announced-on-its-way = 📨 Отправляется:
announced-over = 📨 Готово:
announced-sent = – отправлено: { $count }
announced-waiting = – ещё не отправлено: { $count }
announced-unreachable = – не доставить, аккаунт недоступен: { $count }
announced-failed = – не удалось отправить: { $count }
announced-daily = – прочитают в сообщении за день: { $count }
announced-off = – не получат, объявления выключены: { $count }
announced-look-again = 🔄 Обновить
