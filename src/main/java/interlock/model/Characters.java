package interlock.model;

import java.util.Optional;

/**
 * Which characters names and ids consist of: valid Unicode without control characters, which have no shape, and without
 * bidirectional control characters, which show a text in another order than it is stored.
 */
public final class Characters {
    /** The same rule for the schema of plan documents, as a pattern of JSON Schema. */
    public static final String PATTERN =
            "^(?![\\s\\S]*[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069])";

    private Characters() {}

    /** {@return what is wrong with the characters of a name, such as "contains U+0007, a control character"} */
    public static Optional<String> fault(String name) {
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            Optional<String> fault = fault(name.codePointAt(at));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(int character) {
        if (Character.isISOControl(character)) {
            return contains(character, "a control character");
        }
        if (isBidirectionalControl(character)) {
            return contains(character, "a bidirectional control character");
        }
        boolean halfPair = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return halfPair ? contains(character, "an unpaired surrogate, which is not a character") : Optional.empty();
    }

    private static boolean isBidirectionalControl(int character) {
        return character == 0x061C
                || character == 0x200E
                || character == 0x200F
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    private static Optional<String> contains(int character, String what) {
        return Optional.of("contains U+%04X, %s".formatted(character, what));
    }

    /** {@return the place of the first unpaired surrogate of a text, or -1: stored, it would become a question mark} */
    public static int unpairedSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (!Character.isSurrogate(character)) {
                continue;
            }
            if (Character.isHighSurrogate(character)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
                continue;
            }
            return at;
        }
        return -1;
    }
}
