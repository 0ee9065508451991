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
 * Files for Neo4j Browser: a guide to the graph ({@code :play}), and a style sheet ({@code :style}).
 *
 * <p>Both may be read from any origin, because Neo4j Browser has another port. They contain nothing beyond the public
 * sources, and the permission is limited to these two URLs.
 */
public final class GuideRoutes implements WebServer.Routes {
    /** The path of the guide. */
    public static final String GUIDE = "/guides/interlock.adoc";

    /** The path of the style sheet. */
    public static final String STYLE = "/guides/style.grass";

    /** AsciiDoc's include directive; the attribute is the folder of the Cypher files. */
    private static final Pattern INCLUDE = Pattern.compile("(?m)^include::\\{cypher}/(\\S+)\\[]");

    private final String guide;
    private final String style;

    /** Loads the files, and inserts the queries that the guide includes. */
    public GuideRoutes() {
        guide = INCLUDE.matcher(ClassPath.text(GUIDE))
                .replaceAll(found -> Matcher.quoteReplacement(query(found.group(1))));
        style = ClassPath.text("/cypher/browser/style.grass");
    }

    /** A query without its leading comment, which the guide replaces by its own text. */
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
        // links in the guide need the service's URL as the reader reached it
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

    /** Answers preflight requests: Neo4j Browser sends headers that control caches and tracing. */
    private static void leave(Context ctx) {
        readable(ctx)
                .header("Access-Control-Allow-Methods", "GET")
                .header("Access-Control-Allow-Headers", "*")
                .status(204);
    }

    /** Permits any origin, without credentials. */
    private static Context readable(Context ctx) {
        return ctx.header("Access-Control-Allow-Origin", "*");
    }
}
