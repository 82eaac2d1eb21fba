//! Currencies as ISO 4217 lists them.

/// Every current code.
pub(super) const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP \
    BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP \
    LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK \
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP \
    TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Those whose smallest unit is not a hundredth: the code, and how many decimals it has.
///
/// Of the forint the standard still lists hundredths; none has been in use since 1999, and nobody writes them.
const NOT_TWO: [(&str, u32); 27] = [
    ("BHD", 3),
    ("BIF", 0),
    ("CLF", 4),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("HUF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("UYW", 4),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// Whether the standard lists it as a current one.
pub fn is_currency(code: &str) -> bool {
    CODES.split(' ').any(|known| known == code)
}

/// How many decimals sums in a currency have; two in one that the standard does not list.
pub fn decimals_of(code: &str) -> u32 {
    NOT_TWO.iter().find(|(known, _)| *known == code).map_or(2, |(_, decimals)| *decimals)
}

#[cfg(test)]
mod tests {
    use iso_currency::{Currency, Flag};

    use super::*;

    #[test]
    fn every_current_currency_has_the_decimals_of_the_standard() {
        let letters = || b'A'..=b'Z';
        let all = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        let mut current = Vec::new();
        for code in all.map(|code| String::from_utf8_lossy(&code).into_owned()) {
            let Some(currency) = Currency::from_code(&code) else { continue };
            // Both bolívars are current.
            let is_past = |flag: &Flag| matches!(flag, Flag::Special | Flag::Superseded(_)) && code != "VES";
            if currency.flags().iter().any(is_past) {
                continue;
            }
            let standard = currency.exponent().map(u32::from);
            assert_eq!(if code == "HUF" { Some(2) } else { Some(decimals_of(&code)) }, standard, "{code}");
            current.push(code);
        }
        assert_eq!(current.iter().map(String::as_str).collect::<Vec<_>>(), CODES.split(' ').collect::<Vec<_>>());
        for (code, decimals) in [("JPY", 0), ("HUF", 0), ("KRW", 0), ("KWD", 3), ("TND", 3), ("EUR", 2), ("XYZ", 2)] {
            assert_eq!(decimals_of(code), decimals, "{code}");
        }
    }
}
