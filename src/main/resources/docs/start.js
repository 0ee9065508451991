SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // else it asks validator.swagger.io for a badge
  validatorUrl: null,
});
