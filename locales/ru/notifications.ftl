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

zone-as-usual = 🏠 Как в нашем сообществе: { $zone }
