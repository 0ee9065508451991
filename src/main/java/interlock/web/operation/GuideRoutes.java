package interlock.web.operation;

import interlock.web.http.ClassPath;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Neo4j Browser plays and dresses graphs with: a guide through the graph ({@code :play}), and a style sheet
 * ({@code :style}).
 *
 * <p>Pages of any origin may read both, Neo4j Browser comes from another port. There is nothing in them that is not in the
 * sources, and the permission goes no further than these two addresses.
 */
public final class GuideRoutes implements WebServer.Routes {
    /** Where {@code :play} finds the guide. */
    public static final String GUIDE = "/guides/interlock.adoc";

    /** Where {@code :style} finds the style sheet. */
    public static final String STYLE = "/guides/style.grass";

    /** As AsciiDoc writes it; the attribute is the folder with the Cypher files. */
    private static final Pattern INCLUDE = Pattern.compile("(?m)^include::\\{cypher}/(\\S+)\\[]");

    private final String guide;
    private final String style;

    /** Reads what it serves, and the queries that the guide includes. */
    public GuideRoutes() {
        guide = INCLUDE.matcher(ClassPath.text(GUIDE))
                .replaceAll(found -> Matcher.quoteReplacement(query(found.group(1))));
        style = ClassPath.text("/cypher/browser/style.grass");
    }

    /** A file without its head: what a guide says beside it is for those who have not opened the file. */
    private static String query(String file) {
        return escaped(ClassPath.text("/cypher/" + file)
                .lines()
                .dropWhile(line -> line.startsWith("//"))
                .collect(Collectors.joining("\n")));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        // its own address is where its reader has found it
        routes.get(
                GUIDE,
                ctx -> readable(ctx)
                        .contentType("text/asciidoc; charset=utf-8")
                        .result(guide.replace("{service}", escaped(Query.base(ctx)))));
        routes.get(
                STYLE,
                ctx -> readable(ctx).contentType("text/plain; charset=utf-8").result(style));
        routes.options(GUIDE, GuideRoutes::leave);
        routes.options(STYLE, GuideRoutes::leave);
    }

    /** Neo4j Browser sends headers against caches, and those of its tracing: a browser asks whether it may. */
    private static void leave(Context ctx) {
        readable(ctx)
                .header("Access-Control-Allow-Methods", "GET")
                .header("Access-Control-Allow-Headers", "*")
                .status(204);
    }

    /** By all, but without credentials. */
    private static Context readable(Context ctx) {
        return ctx.header("Access-Control-Allow-Origin", "*");
    }
}
