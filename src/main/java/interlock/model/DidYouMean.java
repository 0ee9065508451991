package interlock.model;

import java.util.Collection;
import java.util.Comparator;

/**
 * Suggests the known name that was probably meant by an unknown one: the nearest by the distance of optimal string
 * alignment (changes of single letters and swaps of neighbours), if it is near enough.
 */
public final class DidYouMean {
    /** Longer names are never typed by hand. */
    private static final int LONGEST = 64;

    /** One change in this many letters still counts as a typing error. */
    private static final int LETTERS_A_CHANGE = 3;

    private DidYouMean() {}

    /**
     * {@return a suggestion to append to an error message, such as {@code ; did you mean 'parents'?}; empty if no name
     * is near}
     */
    public static String of(String given, Collection<String> known) {
        if (given.isEmpty() || given.length() > LONGEST) {
            return "";
        }
        int most = Math.max(1, given.length() / LETTERS_A_CHANGE);
        return known.stream()
                .filter(name -> Math.abs(name.length() - given.length()) <= most && distance(given, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(given, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
    }

    private static int distance(String one, String other) {
        int[][] changes = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                changes[i][j] = i == 0 || j == 0 ? i + j : fewest(changes, one, i, other, j);
            }
        }
        return changes[one.length()][other.length()];
    }

    private static int fewest(int[][] changes, String one, int i, String other, int j) {
        boolean same = letter(one, i) == letter(other, j);
        int fewest =
                Math.min(changes[i - 1][j - 1] + (same ? 0 : 1), Math.min(changes[i - 1][j], changes[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && letter(one, i) == letter(other, j - 1) && letter(one, i - 1) == letter(other, j);
        return swapped ? Math.min(fewest, changes[i - 2][j - 2] + 1) : fewest;
    }

    private static char letter(String text, int place) {
        return Character.toLowerCase(text.charAt(place - 1));
    }
}
