package interlock.model;

/** The beginning of a text, for messages: input may have any length, messages about it may not. */
public final class Excerpt {
    private Excerpt() {}

    /** {@return the text, or its first {@code longest} characters with a mark that it was cut} */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
