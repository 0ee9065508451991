package interlock.web.watcher;

import interlock.neo4j.view.PlanReader;
import interlock.web.http.WebServer;
import java.time.InstantSource;
import java.util.List;

/**
 * What Watcher's clients need beside plans and actions: microversions, audits, audit templates, goals, strategies, services
 * and scoring engines. Without these routes the service ignores microversions and shows plans and actions in full.
 */
public final class WatcherApi {
    private WatcherApi() {}

    /**
     * {@return the routes} Versions are negotiated before any other route handles a request.
     *
     * @param runs makes plans of audits
     * @param host the name of this machine
     */
    public static List<WebServer.Routes> routes(AuditRuns runs, PlanReader reader, InstantSource clock, String host) {
        return List.of(
                new MicroversionHeaders(),
                new AuditRoutes(runs, clock),
                new AuditTemplateRoutes(runs.audits()),
                new StrategyRoutes(reader, clock, host),
                new ScoringEngineRoutes());
    }
}
