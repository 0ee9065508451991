package interlock.model;

/** The beginning of a text, for messages: what somebody sent may be as long as it likes, what is said about it may not. */
public final class Excerpt {
    private Excerpt() {}

    /** {@return the text, or as much of it as {@code longest} characters, with a sign that there is more} */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
