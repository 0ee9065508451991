package interlock.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "plain, 5",
        "straße, 6",
        "移行, 4",
        "ｶﾅ, 2",
        "e\u0301te\u0301, 3",
        "🚀 up, 5",
        "👨‍👩‍👧, 6",
        "🇨🇭, 4",
    })
    void aTextIsAsWideAsATerminalDrawsItAtMost(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, 5, plain",
        "plainer, 5, plai…",
        "移行計画, 8, 移行計画",
        "移行計画, 7, 移行計…",
        "移行計画, 6, 移行…",
        "e\u0301te\u0301s, 3, e\u0301t…",
        "👨‍👩‍👧 family, 6, …",
        "anything, 1, …",
        "anything, 0, ''",
    })
    void whatIsTooWideIsClippedBetweenCharacters(String text, int columns, String clipped) {
        assertThat(Columns.clipped(text, columns, "…")).isEqualTo(clipped);
    }
}
