package interlock;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Prints the service's addresses once it is up. */
final class Announcement {
    private Announcement() {}

    /** {@return the path relative to the working directory, if it lies below it} */
    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    static void print(App app, PrintWriter out) {
        out.println();
        out.println("  Interlock is up.");
        out.println();
        out.println("    page            " + app.uri() + "/");
        out.println("    REST, docs      " + app.uri() + "/docs");
        out.println("    plans           " + app.uri() + "/v1/action_plans");
        app.simulator().ifPresent(it -> out.println("    cloud           a simulation, " + it.description()));
        app.embedded().ifPresent(neo4j -> {
            out.println("    Neo4j Browser   %s   (connect to %s, user %s, password in %s)"
                    .formatted(neo4j.browserUri(), neo4j.boltUri(), neo4j.user(), shown(neo4j.passwordFile())));
            out.println(
                    "    its guide       :play http://localhost:" + app.web().port() + "/guides/interlock.adoc");
        });
        out.println();
        out.println("  Ctrl-C stops it; running plans continue at the next start.");
        out.println();
        out.flush();
    }
}
