package interlock.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The tests that a build left out, and why: {@code mvn verify} says so at its end. */
public final class LeftOut {
    /** The build deletes it before the tests, and shows it after them. */
    private static final Path NOTE = Path.of("target", "left-out.txt");

    private LeftOut() {}

    /** Notes that these tests were left out. */
    public static synchronized void note(String tests, String why) {
        try {
            Files.createDirectories(NOTE.getParent());
            Files.writeString(
                    NOTE,
                    "Left out: %s. %s%n".formatted(tests, why),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
