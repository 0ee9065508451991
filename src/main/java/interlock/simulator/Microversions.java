package interlock.simulator;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The microversions of a simulated service: those whose answers it knows.
 *
 * @param service its name in the header
 * @param major the one major version
 * @param least the least minor version
 * @param most the greatest
 */
record Microversions(String service, int major, int least, int most) {
    private static final String HEADER = "OpenStack-API-Version";
    private static final Pattern VERSION = Pattern.compile("(?:\\S+ )?(\\d{1,4})\\.(\\d{1,4})");

    /** {@return the minor version that is asked for; who asks for none gets the first one} */
    int minor(Context ctx) {
        String asked = Optional.ofNullable(ctx.header(HEADER)).orElse("%s %d.1".formatted(service, major));
        Matcher matcher = VERSION.matcher(asked);
        int minor = matcher.matches() && Integer.parseInt(matcher.group(1)) == major
                ? Integer.parseInt(matcher.group(2))
                : 0;
        if (minor < least || minor > most) {
            throw new Refusal(
                    406,
                    "Version %s is not supported by the simulation. Minimum is %d.%d and maximum is %d.%d."
                            .formatted(asked.replace(service + " ", ""), major, least, major, most));
        }
        ctx.header(HEADER, "%s %d.%d".formatted(service, major, minor));
        ctx.header("Vary", HEADER);
        return minor;
    }
}
