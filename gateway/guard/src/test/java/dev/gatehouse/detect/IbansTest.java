package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.StreamFilter.Notation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IbansTest {

    private static final Remedies IBANS = Remedies.all(Remedy.OBSERVE).with(Kind.IBANS, Remedy.MASK);

    private static String masked(String text) {
        return Filters.pieces(Filters.filter(Notation.PLAIN, IBANS), List.of(text));
    }

    /** The examples that the registry gives. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AD1200012030200359100100",
                "AE070331234567890123456",
                "AL47212110090000000235698741",
                "AT611904300234573201",
                "AZ21NABZ00000000137010001944",
                "BA391290079401028494",
                "BE68539007547034",
                "BG80BNBG96611020345678",
                "BH67BMAG00001299123456",
                "BR1800360305000010009795493C1",
                "BY13NBRB3600900000002Z00AB00",
                "CH9300762011623852957",
                "CR05015202001026284066",
                "CY17002001280000001200527600",
                "CZ6508000000192000145399",
                "DE89370400440532013000",
                "DK5000400440116243",
                "DO28BAGR00000001212453611324",
                "EE382200221020145685",
                "EG380019000500000000263180002",
                "ES9121000418450200051332",
                "FI2112345600000785",
                "FO6264600001631634",
                "FR1420041010050500013M02606",
                "GB29NWBK60161331926819",
                "GE29NB0000000101904917",
                "GI75NWBK000000007099453",
                "GL8964710001000206",
                "GR1601101250000000012300695",
                "GT82TRAJ01020000001210029690",
                "HR1210010051863000160",
                "HU42117730161111101800000000",
                "IE29AIBK93115212345678",
                "IL620108000000099999999",
                "IQ98NBIQ850123456789012",
                "IS140159260076545510730339",
                "IT60X0542811101000000123456",
                "JO94CBJO0010000000000131000302",
                "KW81CBKU0000000000001234560101",
                "KZ86125KZT5004100100",
                "LB62099900000001001901229114",
                "LC55HEMM000100010012001200023015",
                "LI21088100002324013AA",
                "LT121000011101001000",
                "LU280019400644750000",
                "LV80BANK0000435195001",
                "LY83002048000020100120361",
                "MC5811222000010123456789030",
                "MD24AG000225100013104168",
                "ME25505000012345678951",
                "MK07250120000058984",
                "MR1300020001010000123456753",
                "MT84MALT011000012345MTLCAST001S",
                "MU17BOMM0101101030300200000MUR",
                "NL91ABNA0417164300",
                "NO9386011117947",
                "PK36SCBL0000001123456702",
                "PL61109010140000071219812874",
                "PS92PALS000000000400123456702",
                "PT50000201231234567890154",
                "QA58DOHB00001234567890ABCDEFG",
                "RO49AAAA1B31007593840000",
                "RS35260005601001611379",
                "SA0380000000608010167519",
                "SC18SSCB11010000000000001497USD",
                "SE4550000000058398257466",
                "SI56263300012039086",
                "SK3112000000198742637541",
                "SM86U0322509800000000270100",
                "SV62CENR00000000000000700025",
                "TL380080012345678910157",
                "TN5910006035183598478831",
                "TR330006100519786457841326",
                "UA213223130000026007233566001",
                "VA59001123000012345678",
                "VG96VPVG0000012345678901",
                "XK051212012345678906"
            })
    void findsEachCountrysNumbers(String number) {
        String tail = number.substring(number.length() - 4);
        String mask = number.substring(0, 2) + "[IBAN ****" + tail + "]";
        assertThat(masked("pay to " + number + " now")).isEqualTo("pay to " + mask + " now");
        assertThat(masked(number.replaceAll("(.{4})(?!$)", "$1 ") + ".")).isEqualTo(mask + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3704-0044\u00a00532 0130 00",
                "DE893704 00440532 013000",
                "de89370400440532013000",
                "DE８９370400440532013000",
                "DE89\u200b370400440532013000"
            })
    void findsANumberHoweverItIsWritten(String number) {
        assertThat(masked("IBAN:" + number + "!")).isEqualToIgnoringCase("IBAN:DE[IBAN ****3000]!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE88370400440532013000", // check digits
                "DE8937040044053201300",
                "ZZ89370400440532013000", // no such country
                "DE 89370400440532013000",
                "DE8 9370400440532013000",
                "DE89  370400440532013000",
                "GB29 1234 6016 1331 9268 19", // letters where the bank's code is
                "at 10:15 on GB29",
                "version de12"
            })
    void leavesOtherTextAlone(String text) {
        assertThat(masked("see " + text + " there")).isEqualTo("see " + text + " there");
    }

    @Test
    void findsANumberThatBeginsWithinAnotherThatIsNone() {
        assertThat(masked("GB12 DE89370400440532013000")).isEqualTo("GB12 DE[IBAN ****3000]");
        assertThat(masked("xDE89370400440532013000y")).isEqualTo("xDE[IBAN ****3000]y");
        assertThat(masked("LC55DE89370400440532013000")).isEqualTo("LC55DE[IBAN ****3000]");
    }

    @Test
    void isMaskedOnceWhereACardNumberIsWithinIt() {
        Remedies two = IBANS.with(Kind.PAYMENT_CARDS, Remedy.MASK);
        String both = "DE56 4111 1111 1111 1111 23";
        assertThat(Filters.pieces(Filters.filter(Notation.PLAIN, two), List.of(both)))
                .isEqualTo("DE[IBAN ****1123]");
    }
}
