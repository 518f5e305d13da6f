package dev.belfry.web.http;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.ServerWebExchange;

import dev.belfry.accounts.directory.Viewers;
import dev.belfry.input.Refusal;
import dev.belfry.web.tokens.RefusedToken;
import dev.belfry.web.tokens.VerifiedTokens;
import dev.belfry.web.tokens.ViewerAuthentication;
import reactor.core.publisher.Mono;

/**
 * Who may reach what over HTTP: GraphQL with a token, health without, and in the
 * zero-configuration start its pages. The pages to unsubscribe have a chain of their own,
 * {@code delivery.suppression}. Nothing else is there.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(CorsSettings.class)
class SecurityConfiguration {

	private static final String GRAPHQL = "/graphql";

	private static final ServerAuthenticationConverter BEARER = new ServerBearerTokenAuthenticationConverter();

	private static final String[] PAGES = { "/", "/console/**", "/graphiql", "/graphiql/**", "/webjars/**",
			"/_static/**", "/demo/**" };

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'";

	@Bean
	SecurityWebFilterChain filterChain(ServerHttpSecurity http, VerifiedTokens tokens, Viewers viewers,
			@Value("${belfry.embedded:false}") boolean embedded, @Value("${belfry.public-url:}") String publicUrl,
			CorsSettings cors) {
		return http.addFilterAt(new OriginFilter(GRAPHQL, publicUrl, cors), SecurityWebFiltersOrder.CORS)
			.cors(ServerHttpSecurity.CorsSpec::disable)
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.headers(SecurityConfiguration::headers)
			.authorizeExchange((exchanges) -> authorize(exchanges, embedded))
			.oauth2ResourceServer((server) -> server.bearerTokenConverter(SecurityConfiguration::token)
				.jwt((jwt) -> jwt.jwtDecoder(tokens::of).jwtAuthenticationConverter(viewer(viewers)))
				.authenticationEntryPoint(SecurityConfiguration::refuse))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(SecurityConfiguration::refuse)
				.accessDeniedHandler((exchange, denied) -> refuseKnown(exchange)))
			.build();
	}

	/** A request has an observation already, and this would make one for each filter. */
	@Bean
	SecurityObservationSettings noObservationsOfFilters() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * Spring Security's, which looks at a header each time it is read, without its
	 * regular expressions: for a token these took a tenth of a refusal.
	 */
	@Bean
	ServerWebExchangeFirewall firewall() {
		StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
		firewall.setAllowedHeaderNames(SecurityConfiguration::isText);
		firewall.setAllowedHeaderValues(SecurityConfiguration::isText);
		return firewall;
	}

	private static boolean isText(@Nullable String header) {
		return header == null
				|| header.codePoints().allMatch((each) -> Character.isDefined(each) && !Character.isISOControl(each));
	}

	private static void authorize(AuthorizeExchangeSpec exchanges, boolean embedded) {
		exchanges.pathMatchers(HttpMethod.POST, GRAPHQL).authenticated();
		// A socket brings its token later; what is left of GET and OPTIONS answers
		// nothing.
		exchanges.pathMatchers(GRAPHQL).permitAll();
		exchanges.pathMatchers(HttpMethod.GET, "/actuator/health/**").permitAll();
		exchanges.pathMatchers(HttpMethod.GET, "/actuator/prometheus").hasAuthority(ViewerAuthentication.PLATFORM);
		if (embedded) {
			exchanges.pathMatchers(HttpMethod.GET, PAGES).permitAll();
		}
		exchanges.anyExchange().denyAll();
	}

	private static void headers(ServerHttpSecurity.HeaderSpec headers) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
			.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
			// Belfry may share its domain with others, whose subdomains are not its
			// business.
			.hsts((hsts) -> hsts.includeSubdomains(false));
	}

	/** Not of a socket, which is told later and by its protocol what is wrong with it. */
	private static Mono<Authentication> token(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		boolean socket = request.getMethod() == HttpMethod.GET
				&& "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade());
		return socket ? Mono.empty() : BEARER.convert(exchange);
	}

	private static Converter<Jwt, Mono<AbstractAuthenticationToken>> viewer(Viewers viewers) {
		return (token) -> viewers.of(token)
			.<AbstractAuthenticationToken>map((viewer) -> new ViewerAuthentication(viewer, token))
			.onErrorMap(Refusal.class,
					(refusal) -> new InvalidBearerTokenException(String.valueOf(refusal.getMessage()), refusal));
	}

	private static Mono<Void> refuse(ServerWebExchange exchange, AuthenticationException problem) {
		if (!exchange.getRequest().getPath().value().equals(GRAPHQL)) {
			return refuseKnown(exchange);
		}
		return GraphQlAnswer.write(exchange, refusal(exchange, problem));
	}

	private static Refusal refusal(ServerWebExchange exchange, AuthenticationException problem) {
		boolean given = exchange.getRequest().getHeaders().containsHeader("Authorization");
		return given ? RefusedToken.of(problem)
				: Refusal.unauthenticated("This needs a token: Authorization: Bearer …");
	}

	/** Whoever may not see a resource does not learn that it exists. */
	private static Mono<Void> refuseKnown(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
		return exchange.getResponse().setComplete();
	}

}
