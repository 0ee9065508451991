package interlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeConverterTest {
    private final SizeConverter sizes = new SizeConverter();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "12B, 12",
        "1kB, 1024",
        "256MB, 268435456",
        "256 mb, 268435456",
        "3MiB, 3145728",
        "2G, 2147483648"
    })
    void aSizeIsANumberAndAUnit(String text, long bytes) {
        assertThat(sizes.convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1MB", "20%", "1.5GB", "1TB", "99999999999"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> sizes.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'%s' is not a size such as 256MB", text);
    }
}
