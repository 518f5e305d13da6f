package dev.belfry.benchmark.live;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import graphql.Scalars;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLScalarType;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.reactive.GraphQlWebFluxAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A peer: Spring for GraphQL as it comes, with Spring's own WebSocket handler and
 * accounts in memory. Serves what the peers in {@code src/test/peers} serve. Nothing here
 * is a component, which Belfry's own scan would find in tests.
 */
@ImportAutoConfiguration({ JacksonAutoConfiguration.class, CodecsAutoConfiguration.class,
		NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
		WebFluxAutoConfiguration.class, GraphQlAutoConfiguration.class, GraphQlWebFluxAutoConfiguration.class })
class SpringPeer {

	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(SpringPeer.class);
		// Without what Belfry registers on the same class path.
		application.setInitializers(List.of());
		application.setDefaultProperties(Map.of("spring.config.name", "none", "spring.main.banner-mode", "off",
				"spring.graphql.schema.locations", "file:src/test/peers/", "spring.graphql.websocket.path", "/graphql",
				"logging.level.root", "warn", "server.address", "127.0.0.1", "server.port", arguments[0]));
		application.run("--spring.config.name=none");
	}

	@Bean
	Feeds feeds() {
		return new Feeds();
	}

	@Bean
	RuntimeWiringConfigurer wiring(Feeds feeds) {
		return (wiring) -> wiring.scalar(scalar("Cursor", Scalars.GraphQLString))
			.scalar(scalar("DateTime", Scalars.GraphQLString))
			.scalar(scalar("Long", Scalars.GraphQLInt))
			.type("Subscription", (type) -> type.dataFetcher("jobNotifications", (field) -> feeds.of(field).batches())
				.dataFetcher("bell", (field) -> feeds.of(field).bells()));
	}

	@Bean
	RouterFunction<ServerResponse> emit(Feeds feeds) {
		return RouterFunctions.route()
			.POST("/emit",
					(request) -> request.bodyToMono(Emit.class)
						.doOnNext((emit) -> feeds.of(emit.account()).record(emit.runs()))
						.flatMap((emit) -> ServerResponse.ok().bodyValue(Map.of())))
			.build();
	}

	private static GraphQLScalarType scalar(String name, GraphQLScalarType like) {
		return GraphQLScalarType.newScalar().name(name).coercing(like.getCoercing()).build();
	}

	@Bean
	WebGraphQlInterceptor account() {
		return (request, chain) -> {
			Map<String, Object> context = Map.of("account", account(request.getUri().toUri()));
			request.configureExecutionInput((input, builder) -> builder.graphQLContext(context).build());
			return chain.next(request);
		};
	}

	private static String account(URI uri) {
		return String.valueOf(UriComponentsBuilder.fromUri(uri).build().getQueryParams().getFirst("account"));
	}

	/** What is subscribed to. */
	static final class Feeds {

		private final Map<String, Account> accounts = new ConcurrentHashMap<>();

		Account of(DataFetchingEnvironment field) {
			return of(String.valueOf(field.getGraphQlContext().<Object>get("account")));
		}

		Account of(String name) {
			return this.accounts.computeIfAbsent(name, Account::new);
		}

	}

	/** An account that has nothing but the length of its log. */
	private static final class Account {

		private final String name;

		private final Sinks.Many<Batch> batches = Sinks.many().multicast().directBestEffort();

		private final Sinks.Many<Bell> bells = Sinks.many().multicast().directBestEffort();

		private int length;

		Account(String name) {
			this.name = name;
		}

		Flux<Batch> batches() {
			return this.batches.asFlux().onBackpressureBuffer().startWith(Mono.fromSupplier(() -> batch(List.of())));
		}

		Flux<Bell> bells() {
			return this.bells.asFlux().onBackpressureBuffer().startWith(Mono.fromSupplier(this::bell));
		}

		synchronized void record(List<String> runs) {
			for (String run : runs) {
				this.length++;
				this.batches.tryEmitNext(batch(List.of(completion(run))));
				this.bells.tryEmitNext(bell());
			}
		}

		private synchronized Batch batch(List<Completion> nodes) {
			return new Batch(nodes, cursor(this.length - nodes.size()), cursor(this.length), null);
		}

		private synchronized Bell bell() {
			return new Bell("bell_" + cursor(0), this.length, 0, this.length, cursor(this.length), cursor(0),
					cursor(0));
		}

		private Completion completion(String run) {
			return new Completion("job_" + cursor(this.length), cursor(this.length),
					new Operation("GET_ORDERS", "Get Orders"), "Get Orders", "Main shop", "Shop", "SUCCEEDED",
					"3 orders imported, 0 updated, 0 held, 0 failed",
					List.of(new Count("imported", "Orders imported", 3), new Count("updated", "Orders updated", 0),
							new Count("held", "Orders held", 0), new Count("failed", "Orders failed", 0)),
					0, "2026-03-01T09:00:00Z", "2026-03-01T09:05:00Z",
					Instant.now().truncatedTo(ChronoUnit.MICROS).toString(), run);
		}

		private String cursor(int position) {
			return "%-16s".formatted(this.name + "_" + position).replace(' ', '_');
		}

	}

	record Emit(String account, List<String> runs) {
	}

	record Batch(List<Completion> nodes, String startCursor, String endCursor, Object gap) {
	}

	record Bell(String id, int unseenCount, int unseenProblemCount, int unreadCount, String cursor, String seenThrough,
			String readThrough) {
	}

	record Completion(String id, String cursor, Operation operation, String operationName, String integrationName,
			String originName, String outcome, String summary, List<Count> counts, int messageCount, String startedAt,
			String finishedAt, String recordedAt, String runId) {
	}

	record Operation(String key, String name) {
	}

	record Count(String name, String label, int value) {
	}

}
