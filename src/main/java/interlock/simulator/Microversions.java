package interlock.simulator;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The microversions that a simulated service supports.
 *
 * @param service its name in the header
 * @param major the only major version
 * @param least the lowest minor version
 * @param most the highest minor version
 */
record Microversions(String service, int major, int least, int most) {
    private static final String HEADER = "OpenStack-API-Version";
    private static final Pattern VERSION = Pattern.compile("(?:\\S+ )?(\\d{1,4})\\.(\\d{1,4})");

    /** {@return the requested minor version; the lowest one if the request names none} */
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
