package dev.belfry.delivery.suppression;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Opens the pages to unsubscribe to whoever has a link: it is all they have. */
@Configuration(proxyBeanMethods = false)
class UnsubscribeConfiguration {

	private static final String PATH = "/unsubscribe/{token}";

	@Bean
	RouterFunction<ServerResponse> unsubscribeRoutes(UnsubscribeTokens tokens, Suppressions suppressions) {
		UnsubscribeHandler handler = new UnsubscribeHandler(tokens, suppressions);
		return RouterFunctions.route().GET(PATH, handler::ask).POST(PATH, handler::stop).build();
	}

	@Bean
	@Order(0)
	SecurityWebFilterChain unsubscribingIsOpen(ServerHttpSecurity http) {
		return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(PATH))
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(UnsubscribePages.CONTENT_SECURITY_POLICY))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
				.hsts((hsts) -> hsts.includeSubdomains(false)))
			.build();
	}

}
