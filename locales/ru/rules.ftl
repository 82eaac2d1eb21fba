# Правила словами: состояния, статусы, знаки и почему чего-то сделать нельзя.

sign-green = ✅
sign-orange = 🔆
sign-red = 🆘
sign-intention = ❤️
sign-obligation = 🤝
sign-claimed = 🤝→👍
sign-fulfilled = 👍
sign-overdue = ⏳
sign-gone = ✖️

status-green = Зелёный ✅
status-orange = Оранжевый 🔆
status-red = Красный 🆘

state-intention = ❤️ намерение
state-obligation = 🤝 обязательство
state-claimed = 🤝→👍 исполнено, ждёт подтверждения
state-overdue = ⏳ просрочено
state-overdue-claimed = ⏳ просрочено, исполнено, ждёт подтверждения
state-fulfilled = 👍 исполнено
state-fulfilled-late = 👍 исполнено с опозданием
state-withdrawn = отозвано
state-lapsed = истекло с концом месяца
state-forgiven = прощено
state-cancelled = отменено

refused-unknown = Такой записи больше нет, или она не ваша.
refused-not-now = Это уже невозможно. Сейчас дело обстоит так: { $state }.
refused-self-help = Помогать самому себе нельзя.
refused-already-helping = Вы здесь уже помогаете. Можно изменить сумму намерения или помочь ещё раз, когда оно будет исполнено.
refused-already-open = Вы об этом уже просите. Можно изменить сумму или срок.
refused-ended = Этот сбор завершён.
refused-paused = Этот сбор приостановлен: у его владельца экстренная ситуация. Помочь можно в экстренном сборе.
refused-on-hold = Это намерение приостановлено из-за экстренной ситуации. Оно снова вступит в силу, когда она закончится.
refused-put-off = Это обязательство отложено: у того, кто обещал, сейчас экстренная ситуация.
refused-too-soon = Вы уже просили об этом. Попросить снова можно будет { $time }.
refused-unchanged = Так уже и есть.
refused-days = Экстренный сбор длится от 1 до 31 дня. Напишите целое число, например 14.

sum-not-a-number = Это не похоже на сумму. Напишите число, например 50 или 50,50.
sum-not-positive = Сумма должна быть больше нуля. Напишите число, например 50.
sum-decimals = После запятой может быть не больше двух цифр, например 50,50.
sum-too-large = Это больше наибольшей возможной суммы — { $max }. Напишите меньшую.
