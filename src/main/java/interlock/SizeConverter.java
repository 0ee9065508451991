package interlock;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts sizes such as 256MB to bytes; a kB has 1024. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*([KMG]I?B?|B)?");
    private static final Map<Character, Integer> SHIFT = Map.of('B', 0, 'K', 10, 'M', 20, 'G', 30);

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new TypeConversionException("'%s' is not a size such as 256MB".formatted(text));
        }
        char unit = size.group(2) == null ? 'B' : size.group(2).charAt(0);
        return Long.parseLong(size.group(1)) << SHIFT.getOrDefault(unit, 0);
    }
}
