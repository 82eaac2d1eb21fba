# О чём, когда и куда пишут участнику.

notifications-title = 🔔 <b>Уведомления</b>
notifications-how = Выберите, что изменить: ✅ сразу, 📬 раз в день в 19:00, 🔕 не сообщать.
notifications-always = То, что требует вашего ответа, приходит всегда: просьбы подтвердить, пообещать или исполнить помощь и всё просроченное.
notifications-quiet = 🌙 Тихие часы: { $hours }
notifications-never-quiet = 🌙 Тихие часы: нет
notifications-zone = 🕰 Часовой пояс: { $zone } (сейчас { $time })
notifications-account = ✉️ Сообщения приходят сюда: { $account }

notifications-on = ✅ { $what }
notifications-digest = 📬 { $what }: раз в день
notifications-off = 🔕 { $what }: выключено
notifications-now-on = ✅ { $what }: теперь вы будете узнавать об этом сразу.
notifications-now-digest = 📬 { $what }: теперь вы будете узнавать об этом раз в день, в 19:00.
notifications-now-off = 🔕 { $what }: больше не сообщаю.

notifications-network = Статусы в моей сети
notifications-help-to-me = Помощь мне
notifications-own-help = Моя помощь другим
notifications-supported = Новости кругов, которые я поддерживаю
notifications-reminders = Напоминания
notifications-digests = Итоги месяца
notifications-announcements = Объявления

notifications-set-quiet = 🌙 Тихие часы
notifications-set-zone = 🕰 Часовой пояс
notifications-set-account = ✉️ Куда мне писать

quiet-now = 🌙 Ваши тихие часы: { $hours }. О том, что случится за это время, вы узнаете потом, по порядку.
quiet-none-now = 🌙 Тихих часов нет: сообщения приходят в любое время.
quiet-question = Когда вас не беспокоить? Выберите или напишите, с какого часа до какого, например 22-7 или 22:30-07:00.
quiet-offer = 🌙 { $hours }
quiet-off = 🔔 Без тихих часов
quiet-done = 🌙 Тихие часы: { $hours }.
quiet-none-done = 🔔 Теперь сообщения приходят в любое время.
quiet-not-understood = Не похоже на тихие часы: «{ $typed }». Напишите, с какого часа до какого, например 22-7 или 22:30-07:00, или «без тихих часов».

zone-now = 🕰 Ваш часовой пояс: { $zone }. Там сейчас { $time }.
zone-question = Где вы живёте? Напишите город, например Белград, Казань или Нью-Йорк, или разницу со временем по Гринвичу (UTC), например +3 или +5:30.
zone-of-community = 🏠 Как в нашем сообществе: { $zone }
zone-done = 🕰 Теперь ваш часовой пояс: { $zone }. Там сейчас { $time }.
zone-not-understood = Я не знаю, который час там: «{ $typed }». Напишите город побольше с тем же временем, например Белград или Нью-Йорк, или разницу со временем по Гринвичу (UTC), например +3 или +5:30.

account-question = ✉️ Куда вам писать? Если туда ничего нельзя доставить, я попробую другие ваши аккаунты.
account-name =
    { $messenger ->
        [telegram] Telegram, { $address }
        [matrix] Matrix, { $address }
       *[other] { $messenger }, { $address }
    }
account-now = ✓ { $account }
account-other = { $account }
account-unreachable = { $account } (сейчас недоступен)
account-done = ✉️ Теперь сообщения приходят сюда: { $account }.
