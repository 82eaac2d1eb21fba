# How English writes numbers, sums and dates. No code knows any of this.

language-name = English

format-decimal = .
format-group = ,

# $amount has its digits grouped already; $currency is one of the signs below.
format-sum = { $currency }{ $amount }
format-negative = −{ $sum }
# $about is the same sum in another currency, rounded.
format-also = { $sum } (≈{ "\u00A0" }{ $about })

# In English the sign comes first; letters need a space after them, which is not to break a line.
currency-EUR = €
currency-USD = $
currency-GBP = £
currency-RUB = ₽
currency-UAH = ₴
currency-ILS = ₪
currency-TRY = ₺
currency-GEL = ₾
currency-KZT = ₸
currency-AMD = ֏
currency-CHF = CHF{ "\u00A0" }
currency-RSD = RSD{ "\u00A0" }
currency-BAM = BAM{ "\u00A0" }
currency-PLN = PLN{ "\u00A0" }
currency-CZK = CZK{ "\u00A0" }
currency-BYN = BYN{ "\u00A0" }
currency-other = { $code }{ "\u00A0" }

format-date = { $day }{ "\u00A0" }{ format-month-in-date }{ "\u00A0" }{ $year }
format-date-short = { $day }{ "\u00A0" }{ format-month-short }{ "\u00A0" }{ $year }
format-day-month = { $day }{ "\u00A0" }{ format-month-in-date }
    .brief = { $day }{ "\u00A0" }{ format-month-short }
format-month = { format-month-alone } { $year }
format-date-time-short = { $date }, { $hour }:{ $minute }
format-date-time = { $date }, { $hour }:{ $minute }

format-month-in-date =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }

format-month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }

# A month that stands without a day.
format-month-alone = { format-month-in-date }
