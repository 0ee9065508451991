SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // otherwise, the page would load a badge from validator.swagger.io
  validatorUrl: null,
});
