package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SteadyReadTest {
    @Test
    void whatIsReadInTheMiddleOfAChangeIsReadAgain() {
        Iterator<String> readings =
                List.of("FAILED", "FAILED, because", "FAILED, because", "later").iterator();

        assertThat(SteadyRead.reading(readings::next)).isEqualTo("FAILED, because");
    }

    @Test
    void whatChangesAllTheTimeIsShownAsItComes() {
        Iterator<Integer> readings = Stream.iterate(1, n -> n + 1).iterator();

        assertThat(SteadyRead.reading(readings::next)).isEqualTo(4);
    }
}
