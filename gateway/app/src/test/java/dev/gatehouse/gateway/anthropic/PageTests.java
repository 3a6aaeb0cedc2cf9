package dev.gatehouse.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.linecorp.armeria.common.QueryParams;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.catalog.PriceList;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests {

    private static final List<Model> MODELS = Stream.of("a", "b", "c", "d")
            .map(name -> new Model(new ModelName(name), "us", Instant.EPOCH, List.of(), PriceList.FREE))
            .toList();

    @ParameterizedTest
    @CsvSource({
        "'',abcd,false",
        "limit=4,abcd,false",
        "limit=3,abc,true",
        "limit=2&after_id=b,cd,false",
        "limit=1&after_id=b,c,true",
        "after_id=d,'',false",
        "limit=2&before_id=d,bc,true",
        "limit=9&before_id=b,a,false"
    })
    void isThePartThatIsAskedFor(String query, String names, boolean more) {
        Page page = Page.of(MODELS, QueryParams.fromQueryString(query));
        assertThat(String.join(
                        "",
                        page.models().stream()
                                .map(model -> model.name().value())
                                .toList()))
                .isEqualTo(names);
        assertThat(page.more()).isEqualTo(more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "after_id=z", "before_id=z"})
    void refusesWhatMakesNoSense(String query) {
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> Page.of(MODELS, QueryParams.fromQueryString(query)));
    }
}
